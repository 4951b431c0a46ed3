namespace FluxRestful.Api.Cluster;

/// <summary>What the instance has of what a job may ask for.</summary>
internal sealed record ClusterSize(int Nodes, bool HasGpus, int CoresOfNode);
