using System.Data;
using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants;

/// <summary>
/// Changes accounts, one change at a time in all processes: the transaction takes the database's write lock before it reads, so that two requests, or a request and
/// a verb, cannot each leave the last superuser to the other.
/// </summary>
internal sealed class TenantWriter(IDbContextFactory<FluxDb> databases, TenantDirectory directory, AuditLog audit, UnseenThings unseen)
{
    /// <param name="name">Whose account.</param>
    /// <param name="action">What it is in the audit.</param>
    /// <param name="detail">The same in a few words.</param>
    /// <param name="change">What to change.</param>
    /// <param name="actor">Who wants it; null for whoever holds the machine.</param>
    /// <param name="seen">The <see cref="ETag"/> of what the asker saw; null if that does not matter.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal async Task<AccountResult> WriteAsync(
        string name, AuditAction action, string? detail, Action<Tenant> change, int? actor, string? seen, CancellationToken cancellationToken)
    {
        // Afterwards: the audit writes into the same database.
        var result = await WriteAsync(name, change, actor, seen, cancellationToken);
        var (ended, why) = result.Outcome switch
        {
            AccountOutcome.Done => (AuditResult.Done, detail),
            AccountOutcome.LastSuperuser => (AuditResult.Refused, "the last superuser"),
            AccountOutcome.OwnAccount => (AuditResult.Refused, "the own account"),
            _ => (AuditResult.Failed, null),
        };
        if (ended != AuditResult.Failed)
        {
            await audit.RecordAsync(audit.Origin(), action, name, ended, why, cancellationToken);
        }
        else if (result.Outcome == AccountOutcome.Unknown)
        {
            await unseen.NoteAsync(name, "no such account", cancellationToken);
        }

        return result;
    }

    private async Task<AccountResult> WriteAsync(string name, Action<Tenant> change, int? actor, string? seen, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var turn = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await db.Tenants.SingleOrDefaultAsync(row => row.Name == name, cancellationToken) is not { } tenant)
        {
            return new(AccountOutcome.Unknown);
        }

        if (seen is not null && seen != ETag(tenant))
        {
            return new(AccountOutcome.Outdated);
        }

        var (role, wasSuperuser) = (tenant.Role, IsActingSuperuser(tenant));
        change(tenant);
        if (actor == tenant.Id && (tenant.Role < role || tenant.IsDisabled || tenant.DeletedAt is not null))
        {
            return new(AccountOutcome.OwnAccount);
        }

        if (wasSuperuser && !IsActingSuperuser(tenant)
            && !await db.Tenants.AnyAsync(row => row.Id != tenant.Id && row.Role == Role.Superuser && !row.IsDisabled, cancellationToken))
        {
            return new(AccountOutcome.LastSuperuser);
        }

        if (db.ChangeTracker.HasChanges())
        {
            tenant.Version++;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                await turn.CommitAsync(cancellationToken);
            }
            finally
            {
                directory.Forget();
            }
        }

        return new(AccountOutcome.Done, tenant);
    }

    /// <summary>Names one state of one account; a later account of the same name has others.</summary>
    internal static string ETag(Tenant tenant) => FormattableString.Invariant($"\"{tenant.Id}.{tenant.Version}\"");

    private static bool IsActingSuperuser(Tenant tenant) => tenant is { Role: Role.Superuser, IsDisabled: false, DeletedAt: null };
}
