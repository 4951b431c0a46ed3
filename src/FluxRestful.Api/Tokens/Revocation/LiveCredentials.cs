using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Personal;

namespace FluxRestful.Api.Tokens.Revocation;

/// <summary>Whether what somebody came in with would still let him in, and to the same.</summary>
internal sealed class LiveCredentials(TenantDirectory tenants, RevokedTokens revoked, PersonalTokenDirectory personal, BrowserSessions sessions, TimeProvider time)
{
    internal async ValueTask<bool> IsGoodAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (credential.ExpiresAt <= time.GetUtcNow()
            || await tenants.FindAsync(credential.TenantId, cancellationToken) is not { IsDisabled: false } tenant
            // What a request shows was decided when it began; whoever has other rights now comes again.
            || tenant.Role != credential.Tenant.Role || tenant.MustChangePassword != credential.Tenant.MustChangePassword)
        {
            return false;
        }

        // A personal token outlives a change of the password, a session does not.
        return credential.PersonalHash is { } hash
            ? await personal.FindAsync(hash, cancellationToken) is not null
            : tenant.Stamp == credential.Tenant.Stamp
                && (credential.Session is not { } session || await sessions.FindAsync(session.Key, cancellationToken) is not null)
                && (credential.RevocationKeys is not { } keys || !await revoked.ContainsAnyAsync(keys, cancellationToken));
    }
}
