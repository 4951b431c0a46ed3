using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Keys;
using FluxRestful.Api.Tokens.Revocation;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens;

/// <summary>What an access token must be: ours, of HS256, complete, not expired, and of a tenant who is still welcome.</summary>
internal sealed class BearerValidation(SigningKeys keys, RevokedTokens revoked, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    public void Configure(JwtBearerOptions options) => Configure(Schemes.Bearer, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(NewHandler());
        options.TokenValidationParameters = Parameters;
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = ReadHeader,
            OnTokenValidated = FindTenant,
            OnAuthenticationFailed = Refuse,
        };
    }

    /// <summary>An access token that is ours and not over, whether or not it was revoked; null if it is none.</summary>
    internal async Task<AccessToken?> ReadAsync(string token)
    {
        var result = await NewHandler().ValidateTokenAsync(token, Parameters);
        return result.IsValid && result.SecurityToken is JsonWebToken jwt ? Read(jwt) : null;
    }

    private TokenValidationParameters Parameters => field ??= new TokenValidationParameters
    {
        ValidIssuer = AccessTokens.Issuer,
        ValidAudience = AccessTokens.Audience,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        IssuerSigningKeyResolver = (_, _, keyId, _) => keys.Find(keyId),
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsCurrent(notBefore, expires),
    };

    private bool IsCurrent(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires > now && (notBefore is null || notBefore <= now + ClockSkew);
    }

    // The handler passes over a header of another shape in silence; a header that was sent and is no token is a bad token.
    private static Task ReadHeader(MessageReceivedContext context)
    {
        Refusal.BadToken.SetOn(context.HttpContext);
        return Task.CompletedTask;
    }

    private static Task Refuse(AuthenticationFailedContext context)
    {
        Refusal.BadToken.SetOn(context.HttpContext);
        return Task.CompletedTask;
    }

    private async Task FindTenant(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JsonWebToken jwt || Read(jwt) is not { } token)
        {
            Fail(Refusal.BadToken);
            return;
        }

        var tenants = context.HttpContext.RequestServices.GetRequiredService<TenantDirectory>();
        switch (await tenants.FindAsync(token.TenantId, context.HttpContext.RequestAborted))
        {
            case null: Fail(Refusal.UnknownTenant); break;
            case { IsDisabled: true }: Fail(Refusal.Disabled); break;
            case var tenant when tenant.Stamp != token.Stamp: Fail(Refusal.BadToken); break;
            case var _ when await revoked.ContainsAnyAsync(token.RevocationKeys, context.HttpContext.RequestAborted): Fail(Refusal.BadToken); break;
            case var tenant:
                new Credential(tenant, token.ExpiresAt, token.RevocationKeys).SetOn(context.HttpContext);
                context.Principal = TenantPrincipal.Of(tenant, Schemes.Bearer, token.Scopes);
                break;
        }

        void Fail(Refusal refusal)
        {
            refusal.SetOn(context.HttpContext);
            context.Fail(refusal.Detail);
        }
    }

    private static JsonWebTokenHandler NewHandler() => new() { MapInboundClaims = false, MaximumTokenSizeInBytes = 8 * 1024 };

    // Null: it is not complete.
    private AccessToken? Read(JsonWebToken token)
    {
        if (!int.TryParse(token.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issuedAt)
            || issuedAt > (time.GetUtcNow() + ClockSkew).ToUnixTimeSeconds()
            || !token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Jti, out var jti) || jti.Length == 0
            || !token.TryGetPayloadValue<string>(AccessTokens.StampClaim, out var stamp))
        {
            return null;
        }

        var family = token.TryGetPayloadValue<string>(AccessTokens.FamilyClaim, out var sid) ? sid : null;
        var scopes = token.TryGetPayloadValue<string>(AccessTokens.ScopeClaim, out var narrowed) ? narrowed : null;
        return new AccessToken(id, stamp, jti, family, scopes, new DateTimeOffset(token.ValidTo, TimeSpan.Zero));
    }
}
