using FluxRestful.Contracts.Cluster;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Api.Cluster;

/// <summary>Makes of the broker's sets of ranks what each node is.</summary>
internal static class ClusterNodes
{
    internal static List<Node> Of(ResourceStatus status, ResourceSet down, ResourceSet allocated)
    {
        var everything = ResourceSet.FromJson(status.R);
        var online = IdSet.Parse(status.Online);
        var excluded = IdSet.Parse(status.Exclude);
        var drains = status.Drain.Select(drain => (Ranks: IdSet.Parse(drain.Key), drain.Value)).ToList();
        return [.. everything.Nodes.Select(Describe)];

        Node Describe(ResourceNode node)
        {
            var drain = drains.FirstOrDefault(one => one.Ranks.Contains(node.Rank)).Value;
            var taken = allocated[node.Rank];
            var lost = down[node.Rank];
            var (cores, gpus) = (node.Cores, node.Gpus);
            var state = StateOf(node, taken, excluded.Contains(node.Rank), drain is not null, online.Contains(node.Rank));
            var usable = state is NodeState.Free or NodeState.Mixed;
            return new Node(
                (int)node.Rank,
                node.Host ?? "",
                state,
                online.Contains(node.Rank),
                (int)cores.LongCount,
                usable ? (int)Left(cores, taken?.Cores, lost?.Cores) : 0,
                (int)gpus.LongCount,
                usable ? (int)Left(gpus, taken?.Gpus, lost?.Gpus) : 0,
                [.. everything.Properties.Where(property => property.Value.Contains(node.Rank)).Select(property => property.Key).Order(StringComparer.Ordinal)],
                drain?.Reason,
                drain is null ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)(drain.Timestamp * 1000)));
        }
    }

    private static NodeState StateOf(ResourceNode node, ResourceNode? taken, bool isExcluded, bool isDrained, bool isOnline) =>
        isExcluded ? NodeState.Excluded
        : !isOnline ? NodeState.Down
        : isDrained ? taken is null ? NodeState.Drained : NodeState.Draining
        : taken is null ? NodeState.Free
        : taken.Cores.LongCount < node.Cores.LongCount ? NodeState.Mixed
        : NodeState.Allocated;

    private static long Left(IdSet all, IdSet? taken, IdSet? lost) => all.Except(taken ?? IdSet.Empty).Except(lost ?? IdSet.Empty).LongCount;
}
