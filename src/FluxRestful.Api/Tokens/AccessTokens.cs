using System.Globalization;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tenants;
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

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    internal string Issue(TenantRow tenant)
    {
        var now = time.GetUtcNow();
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            Expires = now.AddMinutes(options.AccessTokenMinutes).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = tenant.Id.ToString(CultureInfo.InvariantCulture),
                [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
                [StampClaim] = tenant.Stamp,
            },
            SigningCredentials = new SigningCredentials(keys.Current, SecurityAlgorithms.HmacSha256),
        });
    }
}
