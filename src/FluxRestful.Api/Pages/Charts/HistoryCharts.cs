using FluxRestful.Api.Cluster.History;
using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>Which charts a page has, out of the instance's history.</summary>
internal static class HistoryCharts
{
    internal static readonly IReadOnlyList<(string Name, string Word)> Kinds = [("cores", "Cores"), ("nodes", "Nodes"), ("gpus", "GPUs")];
    internal const string WaitsId = "chart-waits";

    internal static async Task<HistoryView> ReadAsync(HistoryReader reader, HistoryAddress address, CancellationToken cancellationToken) =>
        new(address, await reader.ReadAsync(address.Length, cancellationToken));

    internal static IEnumerable<ChartView> Of(HistoryView view) =>
        view.Address.IsCluster ? [Use(view), Waits(view)] : [Use(view), Jobs(view.History), Ended(view.History)];

    private static ChartView Use(HistoryView view)
    {
        var kind = view.Address.Kind;
        var word = Kinds.First(one => one.Name == kind).Word;
        return new(
            "chart-use", $"{word} in use", word.ToLowerInvariant().Replace("gpus", "GPUs", StringComparison.Ordinal), "area",
            [new("In use", "running"), new("Free", "free"), new("Unusable", "failed")],
            Rows(view.History, sample => (kind == "nodes" ? sample.Nodes : kind == "gpus" ? sample.Gpus : sample.Cores) is var use ? [use.Allocated, use.Free, use.Down] : []),
            view.History.Step,
            Collecting(view.History));
    }

    private static ChartView Jobs(ClusterHistory history) => new(
        "chart-jobs", "Jobs", "jobs, everybody's", "line", [new("Running", "running"), new("Waiting", "pending")],
        Rows(history, sample => [sample.Running, sample.Pending]), history.Step, Collecting(history));

    private static ChartView Ended(ClusterHistory history) => new(
        "chart-ended", $"Jobs that ended, {Each(history.EndedStep)}", "jobs, everybody's", "bars",
        [new("Completed", "completed"), new("Failed", "failed"), new("Canceled", "canceled"), new("Timeout", "timeout")],
        [.. history.Ended.Reverse().Select(one => new ChartRow(one.At, [one.Completed, one.Failed, one.Canceled, one.Timeout]))],
        history.EndedStep,
        history.Ended.All(one => one is { Completed: 0, Failed: 0, Canceled: 0, Timeout: 0 }) ? "No job has ended in this time." : null);

    private static ChartView Waits(HistoryView view)
    {
        var history = view.History;
        var where = view.Wait is { } queue ? $" in the queue {queue}" : "";
        var steps = view.Wait is null ? history.WaitSteps : history.Waits.FirstOrDefault(wait => wait.Queue == view.Wait)?.Steps ?? [];
        var (unit, seconds) = steps.Select(step => step.P95).DefaultIfEmpty().Max() switch
        {
            <= 1 => ("milliseconds", .001),
            <= 180 => ("seconds", 1),
            <= 3 * 3600 => ("minutes", 60),
            _ => ("hours", 3600),
        };
        return new(
            WaitsId, $"Wait of the jobs that started{where}, {Each(history.EndedStep)}", unit, "line",
            [new("Median", "running"), new("95th percentile", "pending")],
            [.. steps.Reverse().Select(step => new ChartRow(step.At, [step.Median / seconds, step.P95 / seconds]))],
            history.EndedStep,
            steps.Count == 0 ? $"No job has started{where} in this time." : null);
    }

    private static List<ChartRow> Rows(ClusterHistory history, Func<HistorySample, IReadOnlyList<double>> values) =>
        [.. history.Samples.Reverse().Select(sample => new ChartRow(sample.At, values(sample)))];

    // One point is no line.
    private static string? Collecting(ClusterHistory history) => history.Samples.Count > 1 ? null
        : history.CollectingSince is { } since && since < history.From ? "The server noted nothing in this time."
        : "Collecting";

    private static string Each(int seconds) => seconds switch
    {
        300 => "each five minutes",
        3600 => "each hour",
        21_600 => "each six hours",
        _ => "each day",
    };
}
