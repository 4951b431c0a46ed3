using FluxRestful.Contracts.Cluster.History;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>The charts of a page, and how far they look back.</summary>
/// <param name="Place">On which page.</param>
/// <param name="Range">How far back.</param>
/// <param name="Of">Of what the use is shown: <c>cores</c>, <c>nodes</c> or <c>gpus</c>.</param>
/// <param name="History">What they show.</param>
public sealed record HistoryView(HistoryPlace Place, string Range, string Of, ClusterHistory History)
{
    /// <summary>There are GPUs, or were.</summary>
    public bool HasGpus => History.Samples.Any(sample => sample.Gpus.Allocated + sample.Gpus.Free + sample.Gpus.Down > 0);

    internal string Path => Place == HistoryPlace.Cluster ? "/cluster" : "/";

    internal string Part => $"/ui/history?place={Place.ToString().ToLowerInvariant()}&range={Range}&of={Of}";

    internal string Address(string range, string of) => Place == HistoryPlace.Cluster && of != "cores" ? $"{Path}?range={range}&of={of}" : $"{Path}?range={range}";
}

/// <summary>The page that the charts are on.</summary>
public enum HistoryPlace
{
    /// <summary>The first page.</summary>
    Overview,

    /// <summary>Nodes and queues.</summary>
    Cluster,
}
