using System.Globalization;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens;

/// <summary>Issues the access tokens that <see cref="BearerValidation"/> accepts.</summary>
internal sealed class AccessTokens(SigningKeys keys, ServerOptions options, TimeProvider time)
{
    internal const string Issuer = "flux-restful";
    internal const string Audience = "flux-restful";

    /// <summary>The tenant's <c>Stamp</c>: a new password ends the tokens of the old one.</summary>
    internal const string StampClaim = "stamp";

    /// <summary>The sign-in that it was had from, if that can be refreshed.</summary>
    internal const string FamilyClaim = JwtRegisteredClaimNames.Sid;

    /// <summary>What it was narrowed to (RFC 8693, 4.2); absent: nothing.</summary>
    internal const string ScopeClaim = "scope";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    internal TimeSpan Lifetime => TimeSpan.FromMinutes(options.AccessTokenMinutes);

    internal string Issue(TenantRow tenant, string? family = null, string? scopes = null)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = tenant.Id.ToString(CultureInfo.InvariantCulture),
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            [StampClaim] = tenant.Stamp,
        };
        if (family is not null)
        {
            claims[FamilyClaim] = family;
        }

        if (scopes is not null)
        {
            claims[ScopeClaim] = scopes;
        }

        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.HmacSha256),
        });
    }
}
