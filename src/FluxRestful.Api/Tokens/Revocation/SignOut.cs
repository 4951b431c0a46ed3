using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Issuers;
using FluxRestful.Api.Tokens.Personal;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Revocation;

/// <summary>Sign out everywhere: every access and refresh token and every browser's session of a tenant ends, however many and wherever they are. The password stays.</summary>
internal sealed class SignOut(
    IDbContextFactory<FluxDb> databases,
    TenantDirectory directory,
    RevokedTokens revoked,
    PersonalTokenDirectory personal,
    OutsideIdentities outside,
    BrowserSessions sessions,
    AuditLog audit,
    TimeProvider time)
{
    /// <summary>Ends one access token, or those of one family; where the tenant has revoked too many already, all it has.</summary>
    internal async Task RevokeAsync(string key, int tenantId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (!await revoked.RevokeAsync(key, tenantId, expiresAt, cancellationToken))
        {
            await EverywhereAsync(tenantId, personalToo: false, cancellationToken);
            return;
        }

        await audit.RecordAsync(AuditAction.TokenRevoke, await NameAsync(tenantId, cancellationToken), AuditResult.Done, cancellationToken);
    }

    /// <param name="personalToo">Personal tokens end as well.</param>
    internal async Task EverywhereAsync(int tenantId, bool personalToo, CancellationToken cancellationToken)
    {
        var stamp = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        // A token has whole seconds; those of this second end too.
        var notBefore = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds() + 1);
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.Tenants.Where(row => row.Id == tenantId).ExecuteUpdateAsync(row => row.SetProperty(tenant => tenant.Stamp, stamp), cancellationToken);
            await db.TokenFamilies.Where(row => row.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
            // The new stamp refuses them all, but not those of other issuers, whose clocks may be ahead.
            await db.BrowserSessions.Where(row => row.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
            await db.RevokedTokens.Where(row => row.TenantId == tenantId && !row.Key.StartsWith(OutsideTokenKey.Prefix)).ExecuteDeleteAsync(cancellationToken);
            await db.OutsideIdentities.Where(row => row.TenantId == tenantId)
                .ExecuteUpdateAsync(row => row.SetProperty(identity => identity.NotBefore, notBefore), cancellationToken);
            if (personalToo)
            {
                await db.PersonalTokens.Where(row => row.TenantId == tenantId).ExecuteDeleteAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        directory.Forget();
        personal.Forget();
        outside.Forget();
        sessions.Forget();
        await audit.RecordAsync(
            audit.Origin(), AuditAction.SignOut, await NameAsync(tenantId, cancellationToken), AuditResult.Done, personalToo ? "everywhere, personal tokens too" : "everywhere",
            cancellationToken);
    }

    private async Task<string?> NameAsync(int tenantId, CancellationToken cancellationToken) => (await directory.FindAsync(tenantId, cancellationToken))?.Name;
}
