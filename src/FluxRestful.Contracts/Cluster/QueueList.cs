namespace FluxRestful.Contracts.Cluster;

/// <summary>The queues of the instance.</summary>
/// <param name="Queues">By name.</param>
public sealed record QueueList(IReadOnlyList<Queue> Queues);
