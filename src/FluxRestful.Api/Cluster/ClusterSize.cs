namespace FluxRestful.Api.Cluster;

/// <summary>What the instance has of what a job may ask for.</summary>
/// <param name="Nodes">That one job may ask for.</param>
/// <param name="AllNodes">That there are.</param>
internal sealed record ClusterSize(int Nodes, bool HasGpus, int CoresOfNode, int AllNodes);
