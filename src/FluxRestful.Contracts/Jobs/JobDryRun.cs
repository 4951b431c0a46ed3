using System.Text.Json;

namespace FluxRestful.Contracts.Jobs;

/// <summary>What would become of a job, as far as can be told now. Nothing was submitted.</summary>
/// <param name="Verdict">
/// <c>starts</c>: there is room for it now; <c>waits</c>; <c>never</c>: this instance can not run it as it is; <c>refused</c>: it would not be taken in.
/// </param>
/// <param name="Reason">Why it does not start.</param>
/// <param name="Errors">What is wrong with which member.</param>
/// <param name="Asks">What the job asks for.</param>
/// <param name="Jobspec">What Flux would get, without the owner's mark.</param>
public sealed record JobDryRun(string Verdict, string? Reason = null, IReadOnlyDictionary<string, string[]>? Errors = null, JobAsks? Asks = null, JsonElement? Jobspec = null);

/// <summary>What a job asks for.</summary>
/// <param name="Gpus">GPUs in all.</param>
/// <param name="Exclusive">Whole nodes.</param>
/// <param name="Duration">The time limit in seconds; 0 is none.</param>
/// <param name="Nodes">Nodes; null if the scheduler may choose how many.</param>
/// <param name="Cores">Cores in all; null for whole nodes, which bring as many as they have.</param>
/// <param name="Tasks">Tasks; null if they are counted by what is given.</param>
public sealed record JobAsks(int Gpus, bool Exclusive, double Duration, int? Nodes = null, int? Cores = null, int? Tasks = null);
