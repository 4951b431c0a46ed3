using System.Globalization;
using FluxRestful.Api.Pages.Charts;
using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Cluster;

/// <summary>What the cluster page shows.</summary>
/// <param name="Address">What of it is to be shown.</param>
/// <param name="Instance">Which instance.</param>
/// <param name="Resources">What it has and what is used.</param>
/// <param name="Nodes">By rank: hosts may repeat.</param>
/// <param name="Queues">The queues.</param>
/// <param name="Since">The moment of which this is, while Flux does not answer.</param>
public sealed record ClusterPageView(
    HistoryAddress Address, InstanceInfo Instance, Resources Resources, IReadOnlyList<Node> Nodes, IReadOnlyList<Queue> Queues, DateTimeOffset? Since = null)
{
    internal const int MostInTable = 500;

    /// <summary>What the map is grouped by; null if it is not.</summary>
    internal string? Groups => Address.Groups is NodeGroup.ByHost or NodeGroup.ByProperty or NodeGroup.ByQueue ? Address.Groups : null;

    /// <summary>How many nodes come before the first in the table; from its beginning if there are not so many.</summary>
    internal int First => Address.First < Nodes.Count ? Address.First : 0;

    /// <summary>The page with these groups, from its first node.</summary>
    internal string Grouped(string? by) => (Address with { Groups = by, Nodes = null }).Page;

    /// <summary>The page from this node.</summary>
    internal string From(int first) => (Address with { Nodes = first.ToString(CultureInfo.InvariantCulture) }).Page;
}
