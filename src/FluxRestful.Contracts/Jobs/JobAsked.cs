namespace FluxRestful.Contracts.Jobs;

/// <summary>The resources that a job asked for.</summary>
/// <param name="Tasks">How many tasks.</param>
/// <param name="Nodes">How many nodes; absent if it does not matter.</param>
/// <param name="CoresPerTask">Cores of each task's slot.</param>
/// <param name="GpusPerTask">GPUs of each task's slot.</param>
/// <param name="Exclusive">Whole nodes.</param>
public sealed record JobAsked(int? Tasks = null, int? Nodes = null, int? CoresPerTask = null, int? GpusPerTask = null, bool Exclusive = false);
