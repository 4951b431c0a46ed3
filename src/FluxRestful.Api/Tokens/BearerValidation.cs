using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FluxRestful.Api.Tokens;

/// <summary>What an access token must be: ours, of HS256, complete, not expired, and of a tenant who is still welcome.</summary>
internal sealed class BearerValidation(SigningKeys keys, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    public void Configure(JwtBearerOptions options) => Configure(Schemes.Bearer, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        options.MapInboundClaims = false;
        options.TimeProvider = time;
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MapInboundClaims = false, MaximumTokenSizeInBytes = 8 * 1024 });
        options.TokenValidationParameters = new TokenValidationParameters
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
        options.Events = new JwtBearerEvents
        {
            OnMessageReceived = ReadHeader,
            OnTokenValidated = FindTenant,
            OnAuthenticationFailed = Refuse,
        };
    }

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
        if (context.SecurityToken is not JsonWebToken token || !IsComplete(token, out var id, out var stamp))
        {
            Fail(Refusal.BadToken);
            return;
        }

        var tenants = context.HttpContext.RequestServices.GetRequiredService<TenantDirectory>();
        switch (await tenants.FindAsync(id, context.HttpContext.RequestAborted))
        {
            case null: Fail(Refusal.UnknownTenant); break;
            case { IsDisabled: true }: Fail(Refusal.Disabled); break;
            case var tenant when tenant.Stamp != stamp: Fail(Refusal.BadToken); break;
            case var tenant: context.Principal = TenantPrincipal.Of(tenant, Schemes.Bearer); break;
        }

        void Fail(Refusal refusal)
        {
            refusal.SetOn(context.HttpContext);
            context.Fail(refusal.Detail);
        }
    }

    private bool IsComplete(JsonWebToken token, out int id, out string? stamp)
    {
        stamp = null;
        return int.TryParse(token.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && token.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var issuedAt)
            && issuedAt <= (time.GetUtcNow() + ClockSkew).ToUnixTimeSeconds()
            && token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Jti, out var jti) && jti.Length > 0
            && token.TryGetPayloadValue(AccessTokens.StampClaim, out stamp);
    }
}
