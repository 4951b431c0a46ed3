using FluxRestful.Api.Jobs.Index;
using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Cluster.History;

/// <summary>How jobs ended, and how long they had waited: everybody's, without a name.</summary>
internal sealed record JobHistory(IReadOnlyList<EndedJobs> Ended, IReadOnlyList<WaitStep> WaitSteps, IReadOnlyList<QueueWait> Waits)
{
    /// <param name="jobs">What the index has.</param>
    /// <param name="others">What it does not have any more.</param>
    internal static JobHistory Of(JobShelf jobs, IEnumerable<JobEntry> others, DateTimeOffset from, DateTimeOffset until, TimeSpan step)
    {
        var first = HistoryRange.Floor(from, step).ToUnixTimeSeconds();
        var (since, end, seconds) = (from.ToUnixTimeMilliseconds() / 1000.0, until.ToUnixTimeMilliseconds() / 1000.0, (long)step.TotalSeconds);
        var ended = new int[(((long)end - first) / seconds) + 1, 4];
        var waits = new List<(long Step, string Queue, double Wait)>();
        for (var group = JobGroup.Running; group <= JobGroup.Timeout; group++)
        {
            jobs[group].Visit(descending: true, Count);
        }

        foreach (var entry in others)
        {
            Count(entry);
        }

        return new JobHistory(
            [.. Enumerable.Range(0, ended.GetLength(0)).Select(i => new EndedJobs(At(i), ended[i, 0], ended[i, 1], ended[i, 2], ended[i, 3]))],
            Steps(waits),
            [.. waits.GroupBy(wait => wait.Queue).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, Waits: Sorted(one), Steps: Steps(one))).Select(one =>
                new QueueWait(one.Key, one.Waits.Length, Percentile(one.Waits, .5), Percentile(one.Waits, .95), Math.Round(one.Waits[^1], 3), one.Steps))]);

        List<WaitStep> Steps(IEnumerable<(long Step, string Queue, double Wait)> some) =>
            [.. some.GroupBy(wait => wait.Step).OrderBy(one => one.Key).Select(one => (one.Key, Waits: Sorted(one))).Select(one =>
                new WaitStep(At(one.Key), one.Waits.Length, Percentile(one.Waits, .5), Percentile(one.Waits, .95)))];

        void Count(JobEntry entry)
        {
            var result = JobGroups.Of(entry.Record) - JobGroup.Completed;
            if (result >= 0 && entry.Record.TInactive is { } over && over >= since && over <= end)
            {
                ended[((long)over - first) / seconds, result]++;
            }

            if (entry.Record is { TRun: { } started, TSubmit: { } submitted } && started >= since && started <= end)
            {
                waits.Add((((long)started - first) / seconds, entry.Record.Queue ?? ClusterQueues.Unnamed, Math.Max(0, started - submitted)));
            }
        }

        DateTimeOffset At(long i) => DateTimeOffset.FromUnixTimeSeconds(first + (i * seconds));
    }

    /// <summary>The value that this share of the values does not exceed.</summary>
    internal static double Percentile(double[] sorted, double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 3);

    private static double[] Sorted(IEnumerable<(long Step, string Queue, double Wait)> waits) => [.. waits.Select(wait => wait.Wait).Order()];
}
