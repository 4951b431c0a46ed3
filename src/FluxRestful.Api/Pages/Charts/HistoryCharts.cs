using FluxRestful.Api.Cluster.History;
using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>Which charts a page has, out of the instance's history.</summary>
internal static class HistoryCharts
{
    internal static readonly IReadOnlyList<(string Name, string Word)> Kinds = [("cores", "Cores"), ("nodes", "Nodes"), ("gpus", "GPUs")];

    internal static async Task<HistoryView> ReadAsync(HistoryReader reader, HistoryPlace place, string? range, string? of, CancellationToken cancellationToken)
    {
        // An address that somebody mistyped shows what is usual.
        var known = HistoryRange.Find(range) ?? HistoryRange.Usual;
        return new HistoryView(place, known.Name, Kinds.Any(kind => kind.Name == of) ? of! : "cores", await reader.ReadAsync(known, cancellationToken));
    }

    internal static IEnumerable<ChartView> Of(HistoryView view) =>
        view.Place == HistoryPlace.Overview ? [Use(view), Jobs(view.History), Ended(view.History)] : [Use(view), Waits(view.History)];

    private static ChartView Use(HistoryView view)
    {
        var word = Kinds.First(kind => kind.Name == view.Of).Word;
        return new(
            "chart-use", $"{word} in use", word.ToLowerInvariant().Replace("gpus", "GPUs", StringComparison.Ordinal), "area",
            [new("In use", "running"), new("Free", "free"), new("Unusable", "failed")],
            Rows(view.History, sample => (view.Of == "nodes" ? sample.Nodes : view.Of == "gpus" ? sample.Gpus : sample.Cores) is var use ? [use.Allocated, use.Free, use.Down] : []),
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

    private static ChartView Waits(ClusterHistory history) => new(
        "chart-waits", $"Wait of the jobs that started, {Each(history.EndedStep)}", "seconds", "line", [new("Median", "running"), new("95th percentile", "pending")],
        [.. history.WaitSteps.Reverse().Select(step => new ChartRow(step.At, [step.Median, step.P95]))],
        history.EndedStep,
        history.WaitSteps.Count == 0 ? "No job has started in this time." : null);

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
