using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants.Departures;

/// <summary>
/// Deletes accounts. The row stays, under a name that none can have and with a password that none is: the ledger's rows point to it, and so an old job is never
/// that of a later account of the same name.
/// </summary>
internal sealed class TenantDepartures(TenantWriter writer, TimeProvider time)
{
    private const string NobodysHash = "";

    /// <param name="name">Whose account.</param>
    /// <param name="cancelJobs">Whether the server shall cancel its jobs.</param>
    /// <param name="actor">Who wants it; null for whoever holds the machine.</param>
    /// <param name="seen">The entity tag of what the asker saw.</param>
    /// <param name="cancellationToken">Ends the waiting for the database.</param>
    internal Task<AccountResult> DeleteAsync(string name, bool cancelJobs, int? actor, string? seen, CancellationToken cancellationToken) =>
        writer.WriteAsync(name, AuditAction.TenantRemove, cancelJobs ? "jobs=cancel" : "jobs=leave", tenant => Bury(tenant, cancelJobs), actor, seen, cancellationToken);

    private void Bury(Tenant tenant, bool cancelJobs)
    {
        tenant.FormerName = tenant.Name;
        // No tenant's name has a '#', nor can one be signed in to without a hash.
        tenant.Name = FormattableString.Invariant($"{tenant.Name}#{tenant.Id}");
        tenant.PasswordHash = NobodysHash;
        tenant.Stamp = NobodysHash;
        tenant.IsDisabled = true;
        tenant.DeletedAt = time.GetUtcNow();
        tenant.CancelsJobs = cancelJobs;
    }
}
