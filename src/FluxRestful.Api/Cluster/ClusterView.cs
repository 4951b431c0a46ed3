using FluxRestful.Contracts.Cluster;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Cluster;

/// <summary>The instance at one moment.</summary>
/// <param name="All">What there is, without excluded nodes.</param>
/// <param name="Down">What cannot be used.</param>
/// <param name="Allocated">What jobs have.</param>
/// <param name="Nodes">By rank, excluded ones too.</param>
/// <param name="Queues">By name.</param>
internal sealed record ClusterView(ResourceSet All, ResourceSet Down, ResourceSet Allocated, IReadOnlyList<Node> Nodes, IReadOnlyList<Queue> Queues)
{
    /// <summary>What a job could have now; by sets, for a draining node is both down and allocated.</summary>
    internal ResourceSet Free { get; } = All.Except(Down).Except(Allocated);

    internal Contracts.Cluster.Resources Resources => new(Count(All), Count(Allocated), Count(Down), Count(Free));

    private static ResourceCount Count(ResourceSet set) => new(set.NodeCount, set.CoreCount, set.GpuCount);
}
