namespace FluxRestful.Contracts.Cluster;

/// <summary>How much of everything.</summary>
/// <param name="Nodes">Nodes with at least one of the cores or GPUs counted here.</param>
/// <param name="Cores">Cores.</param>
/// <param name="Gpus">GPUs.</param>
public sealed record ResourceCount(int Nodes, long Cores, long Gpus);
