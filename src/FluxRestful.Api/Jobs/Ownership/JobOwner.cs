namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// Whose a job is: a tenant's by its account, or claimed in the name of an account that is not known yet (the database was lost, the account may
/// still come), or nobody's, which leaves it to the superusers.
/// </summary>
internal readonly record struct JobOwner(int TenantId, string? ClaimedBy)
{
    public static JobOwner Nobody => default;

    public bool IsKnown => TenantId != 0;

    public static JobOwner Tenant(int id) => new(id, null);

    public static JobOwner Claim(string tenantName) => new(0, tenantName);

    /// <summary>The rule, for a job with a valid mark.</summary>
    /// <param name="job">The job's id.</param>
    /// <param name="first">The lowest id among the jobs that carry this mark; the others are copies.</param>
    /// <param name="tenant">Whom the mark names.</param>
    /// <param name="row">What was recorded before the submit.</param>
    public static JobOwner Decide(ulong job, ulong first, string tenant, SubmissionRow? row) => row switch
    {
        { JobId: { } recorded } => recorded == job ? Tenant(row.TenantId) : Nobody,
        { JobId: null } => job == first ? Tenant(row.TenantId) : Nobody,
        null => job == first ? Claim(tenant) : Nobody,
    };
}
