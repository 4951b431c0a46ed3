namespace FluxRestful.Contracts.Usage;

/// <summary>What tenants have used of the instance, also by jobs that Flux has purged.</summary>
/// <param name="Range"><c>24h</c>, <c>7d</c>, <c>30d</c>, <c>90d</c> or <c>all</c>.</param>
/// <param name="Until">Its end: now.</param>
/// <param name="Tenants">Whoever used most comes first. Who may not see others' jobs sees itself.</param>
/// <param name="From">Its beginning; absent with <c>all</c>.</param>
/// <param name="KnownSince">When the oldest of the jobs that were counted was submitted; absent if there is none.</param>
public sealed record UsageReport(
    string Range, DateTimeOffset Until, IReadOnlyList<TenantUsage> Tenants, DateTimeOffset? From = null, DateTimeOffset? KnownSince = null);
