namespace FluxRestful.Contracts.Cluster.History;

/// <summary>The instance in one step of time, on average.</summary>
/// <param name="At">The beginning of the step.</param>
/// <param name="Cores">Cores.</param>
/// <param name="Gpus">GPUs.</param>
/// <param name="Nodes">Nodes; one of which a part is in use counts as in use.</param>
/// <param name="Pending">Jobs that waited.</param>
/// <param name="Running">Jobs that ran.</param>
public sealed record HistorySample(DateTimeOffset At, UseCount Cores, UseCount Gpus, UseCount Nodes, double Pending, double Running);
