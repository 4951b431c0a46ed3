using System.Collections.Concurrent;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Storage.Cluster;
using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Cluster.History;

/// <summary>The history of the instance for whoever may see the instance: totals of everybody, and nobody's name. Pages and API come here.</summary>
internal sealed class HistoryReader(ClusterSamples samples, JobIndex index, PastJobs past, TimeProvider time)
{
    // Looking at each of a hundred thousand jobs is done for all who ask within a moment, and for longer while no job changes.
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(.5);
    private static readonly TimeSpan LongestQuiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long At, JobShelf Shelf, Lazy<Task<JobHistory>> Jobs)> _jobs = new(StringComparer.Ordinal);

    internal async Task<ClusterHistory> ReadAsync(HistoryRange range, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow();
        var from = until - range.Length;
        var jobs = await JobsOf(range, from, until).WaitAsync(cancellationToken);
        return new ClusterHistory(
            range.Name,
            from,
            until,
            (int)range.Step.TotalSeconds,
            Coarsen(await SamplesAsync(range, from, until, cancellationToken), range.Step),
            (int)range.EndedStep.TotalSeconds,
            jobs.Ended,
            jobs.WaitSteps,
            jobs.Waits,
            await samples.FirstAsync(cancellationToken));
    }

    private Task<JobHistory> JobsOf(HistoryRange range, DateTimeOffset from, DateTimeOffset until)
    {
        var edge = index.Edge;
        var shelf = index.Shelf(null);
        if (!_jobs.TryGetValue(range.Name, out var known) || known.Jobs.Value.IsFaulted || time.GetElapsedTime(known.At) >= (known.Shelf == shelf ? LongestQuiet : Freshness))
        {
            known = (time.GetTimestamp(), shelf, new(() => CountAsync(shelf, edge, range, from, until)));
            _jobs[range.Name] = known;
        }

        return known.Jobs.Value;
    }

    // For all who wait for it: none of them ends it.
    private async Task<JobHistory> CountAsync(JobShelf shelf, double edge, HistoryRange range, DateTimeOffset from, DateTimeOffset until)
    {
        var others = new List<JobEntry>();
        await foreach (var entry in past.BeyondIndexAsync(from.ToUnixTimeMilliseconds() / 1000.0, edge, null, CancellationToken.None))
        {
            others.Add(entry);
        }

        return JobHistory.Of(shelf, others, from, until, range.EndedStep);
    }

    // Where no minutes are kept any more, and where the last quarter of an hour is not over.
    private async Task<List<ClusterSample>> SamplesAsync(HistoryRange range, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (range.Length <= ClusterSamples.MinutesKept)
        {
            return await samples.ReadAsync(ClusterSamples.Minute, HistoryRange.Floor(from, range.Step), until, cancellationToken);
        }

        var quarters = await samples.ReadAsync(ClusterSamples.Quarter, HistoryRange.Floor(from, range.Step), until, cancellationToken);
        var rest = quarters.Count == 0 ? from : quarters[^1].At + ClusterSamples.Quarter;
        return [.. quarters, .. await samples.ReadAsync(ClusterSamples.Minute, rest, until, cancellationToken)];
    }

    private static List<HistorySample> Coarsen(IEnumerable<ClusterSample> rows, TimeSpan step) =>
        [.. rows.GroupBy(row => HistoryRange.Floor(row.At, step)).Select(group => ClusterSamples.Average([.. group], group.Key, step)).Select(Describe)];

    private static HistorySample Describe(ClusterSample row) => new(
        row.At,
        new UseCount(Round(row.CoresAllocated), Round(row.CoresFree), Round(row.CoresDown)),
        new UseCount(Round(row.GpusAllocated), Round(row.GpusFree), Round(row.GpusDown)),
        new UseCount(Round(row.NodesAllocated), Round(row.NodesFree), Round(row.NodesDown)),
        Round(row.Pending),
        Round(row.Running));

    private static double Round(double value) => Math.Round(value, 2);
}
