using System.Globalization;
using FluxRestful.Api.Cluster.History;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>What a page with charts shows, as it stands in the address: each link changes one thing and keeps the others.</summary>
public sealed record HistoryAddress
{
    internal const string Cluster = "cluster";

    /// <summary>Which page: <c>cluster</c>, else the first one.</summary>
    public string? Place { get; init; }

    /// <summary>How far back.</summary>
    public string? Range { get; init; }

    /// <summary>Of what the use is shown: <c>cores</c>, <c>nodes</c> or <c>gpus</c>.</summary>
    public string? Of { get; init; }

    /// <summary>The queue whose jobs' wait is shown; null: all together.</summary>
    public string? Wait { get; init; }

    /// <summary>What the map of nodes is grouped by; null if it is not.</summary>
    public string? Groups { get; init; }

    /// <summary>How many nodes come before the first in the table.</summary>
    public string? Nodes { get; init; }

    internal bool IsCluster => Place == Cluster;

    // An address that somebody mistyped shows what is usual.
    internal HistoryRange Length => HistoryRange.Find(Range) ?? HistoryRange.Usual;

    internal string Kind => HistoryCharts.Kinds.Any(kind => kind.Name == Of) ? Of! : HistoryCharts.Kinds[0].Name;

    internal int First => int.TryParse(Nodes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The page.</summary>
    internal string Page => (IsCluster ? "/cluster" : "/") + Query(Parts());

    /// <summary>A part of the page alone, for a page that stays open.</summary>
    internal string Part(string path) => path + Query(Parts().Prepend(new("place", Place)));

    private static QueryString Query(IEnumerable<KeyValuePair<string, string?>> parts) => QueryString.Create(parts.Where(part => !string.IsNullOrEmpty(part.Value)));

    private IEnumerable<KeyValuePair<string, string?>> Parts() =>
        [new("range", Range), new("of", Of), new("wait", Wait), new("groups", Groups), new("nodes", First > 0 ? Nodes : null)];
}
