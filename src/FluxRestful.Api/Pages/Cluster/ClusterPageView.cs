using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Cluster;

/// <summary>What the cluster page shows.</summary>
/// <param name="Instance">Which instance.</param>
/// <param name="Resources">What it has and what is used.</param>
/// <param name="Nodes">By rank: hosts may repeat.</param>
/// <param name="Queues">The queues.</param>
/// <param name="Since">The moment of which this is, while Flux does not answer.</param>
/// <param name="First">How many nodes come before the first in the table.</param>
/// <param name="Groups">What the map is grouped by; null if it is not.</param>
public sealed record ClusterPageView(
    InstanceInfo Instance, Resources Resources, IReadOnlyList<Node> Nodes, IReadOnlyList<Queue> Queues, DateTimeOffset? Since = null, int First = 0, string? Groups = null)
{
    internal const int MostInTable = 500;

    /// <summary>The page's address with these groups.</summary>
    internal static string At(string? groups, int first = 0) =>
        (groups, first) switch
        {
            (null, 0) => "/cluster",
            (null, _) => $"/cluster?nodes={first}",
            (_, 0) => $"/cluster?groups={groups}",
            _ => $"/cluster?groups={groups}&nodes={first}",
        };
}
