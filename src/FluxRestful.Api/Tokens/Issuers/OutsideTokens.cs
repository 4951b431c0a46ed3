using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Revocation;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>Reads tokens of other issuers, and ends single ones: here, for at their issuer they may go on.</summary>
internal sealed class OutsideTokens(OutsideIssuers issuers, OutsideIdentities identities, RevokedTokens revoked, SignOut signOut, TimeProvider time)
{
    /// <summary>How long a token is refused of which only the <c>jti</c> is known.</summary>
    internal static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);

    /// <summary>Whom it lets in, and as what; or why it does not.</summary>
    internal async Task<(TenantRow? Tenant, Credential? Credential, Refusal? Refusal)> ReadAsync(string text, CancellationToken cancellationToken)
    {
        if (await FindAsync(text, cancellationToken) is not ({ } tenant, { } token, { } key) || await revoked.ContainsAnyAsync([key], cancellationToken))
        {
            return (null, null, Refusal.BadToken);
        }

        return tenant.IsDisabled
            ? (null, null, Refusal.Disabled)
            : (tenant, new Credential(tenant, new DateTimeOffset(token.ValidTo, TimeSpan.Zero), [key]), null);
    }

    /// <summary>By whoever holds it. False: it is none that lets anybody in.</summary>
    internal async Task<bool> RevokeAsync(string text, CancellationToken cancellationToken)
    {
        if (await FindAsync(text, cancellationToken) is not ({ } tenant, { } token, { } key))
        {
            return false;
        }

        await signOut.RevokeAsync(key, tenant.Id, new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + OutsideIssuer.ClockSkew, cancellationToken);
        return true;
    }

    /// <summary>By who looks after accounts and has not got the token.</summary>
    internal Task RevokeAsync(int tenantId, string issuer, string jti, CancellationToken cancellationToken) =>
        signOut.RevokeAsync(OutsideTokenKey.Of(issuer, jti), tenantId, time.GetUtcNow() + LongestLife, cancellationToken);

    private async Task<(TenantRow? Tenant, JsonWebToken? Token, string? Key)> FindAsync(string text, CancellationToken cancellationToken)
    {
        if (!issuers.TryFind(text, out var issuer) || await issuer.ReadAsync(text, cancellationToken) is not { } token)
        {
            return default;
        }

        var name = token.TryGetPayloadValue<string>(issuer.Options.NameClaim, out var claim) ? claim : null;
        var tenant = await identities.FindAsync(issuer.Options, token.Subject, name, new DateTimeOffset(token.IssuedAt, TimeSpan.Zero), cancellationToken);
        return (tenant, token, OutsideTokenKey.Of(issuer.Options.Issuer, token));
    }
}
