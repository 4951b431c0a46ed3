using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>The charts of a page, and how far they look back.</summary>
/// <param name="Address">What is to be shown.</param>
/// <param name="History">What they show.</param>
public sealed record HistoryView(HistoryAddress Address, ClusterHistory History)
{
    /// <summary>There are GPUs, or were.</summary>
    public bool HasGpus => History.Samples.Any(sample => sample.Gpus.Allocated + sample.Gpus.Free + sample.Gpus.Down > 0);

    /// <summary>The queue whose wait is shown; null: all of them.</summary>
    public string? Wait => string.IsNullOrEmpty(Address.Wait) ? null : Address.Wait;

    /// <summary>The queues of which one can be chosen; none where there is but one.</summary>
    public IReadOnlyList<string> Queues =>
        History.Waits.Select(wait => wait.Queue).Union(Wait is null ? [] : [Wait]).Order(StringComparer.Ordinal).ToArray() is { Length: > 1 } queues ? queues : [];
}
