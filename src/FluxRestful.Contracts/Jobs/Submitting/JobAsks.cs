namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>What a job asks for.</summary>
/// <param name="Gpus">GPUs in all.</param>
/// <param name="Exclusive">Whole nodes.</param>
/// <param name="Duration">The time limit in seconds; 0 is none.</param>
/// <param name="Nodes">Nodes; null if the scheduler may choose how many.</param>
/// <param name="Cores">Cores in all; null for whole nodes, which bring as many as they have.</param>
/// <param name="Tasks">Tasks; null if they are counted by what is given.</param>
public sealed record JobAsks(int Gpus, bool Exclusive, double Duration, int? Nodes = null, int? Cores = null, int? Tasks = null);
