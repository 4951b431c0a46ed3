using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Usage;

namespace FluxRestful.Api.Usage;

/// <summary>Who has used how much, out of the jobs that Flux knows and the records of those that it has purged.</summary>
internal sealed class UsageReader(TenantJobs jobs, TenantDirectory tenants, TenantQuotas quotas, TimeProvider time)
{
    internal const string Usual = "7d";

    /// <summary>By name; null: as far as the records go back.</summary>
    internal static readonly IReadOnlyList<(string Name, TimeSpan? Length)> Ranges =
        [("24h", TimeSpan.FromHours(24)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30)), ("90d", TimeSpan.FromDays(90)), ("all", null)];

    internal static bool IsKnown(string range) => Ranges.Any(one => one.Name == range);

    /// <param name="range">One of <see cref="Ranges"/>.</param>
    /// <param name="cancellationToken">Ends the waiting for the index.</param>
    internal async Task<UsageReport> ReadAsync(string range, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow();
        var from = until - Ranges.First(one => one.Name == range).Length;
        var measured = await jobs.MeasureAsync(Seconds(from) ?? 0, Seconds(until)!.Value, cancellationToken);
        var rows = new List<TenantUsage>();
        foreach (var (owner, work) in measured)
        {
            var limits = owner is null ? null : (await tenants.FindAsync(owner, cancellationToken))?.Limits;
            rows.Add(new TenantUsage(
                Math.Round(work.CoreSeconds / 3600, 4),
                Math.Round(work.GpuSeconds / 3600, 4),
                work.Ended,
                work[JobGroup.Completed],
                work[JobGroup.Failed],
                work[JobGroup.Canceled],
                work[JobGroup.Timeout],
                Math.Round(work.FailureShare, 4),
                work.Active,
                owner,
                limits is null ? null : UserAnswers.Write(quotas.HoldingFor(limits))));
        }

        return new UsageReport(
            range,
            until,
            [.. rows.OrderByDescending(row => row.CoreHours).ThenByDescending(row => row.Ended).ThenBy(row => row.User, StringComparer.Ordinal)],
            from,
            measured.Min(one => one.Work.FirstSubmit) is { } first ? DateTimeOffset.FromUnixTimeMilliseconds((long)(first * 1000)) : null);
    }

    private static double? Seconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds() / 1000.0;
}
