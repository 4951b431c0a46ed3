using System.Text.Json;

namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>What would become of a job, as far as can be told now. Nothing was submitted.</summary>
/// <param name="Verdict">
/// <c>starts</c>: there is room for it now; <c>waits</c>; <c>never</c>: this instance can not run it as it is; <c>refused</c>: it would not be taken in.
/// </param>
/// <param name="Reason">Why it does not start.</param>
/// <param name="Errors">What is wrong with which member.</param>
/// <param name="Asks">What the job asks for.</param>
/// <param name="Jobspec">What Flux would get, without the owner's mark.</param>
public sealed record JobDryRun(string Verdict, string? Reason = null, IReadOnlyDictionary<string, string[]>? Errors = null, JobAsks? Asks = null, JsonElement? Jobspec = null);
