using System.ComponentModel.DataAnnotations;

namespace FluxRestful.Contracts.Tenants;

/// <summary>How much an account may do. For what is missing the server's own limit holds, if it has one.</summary>
/// <param name="ActiveJobs">Jobs that have not ended. 0: it submits nothing.</param>
/// <param name="QueuedJobs">Jobs that have not started.</param>
/// <param name="Nodes">Nodes that one job may ask for.</param>
/// <param name="Cores">Cores that one job may ask for; whole nodes count with all their cores.</param>
/// <param name="Duration">Seconds that one job may ask for; a job that asks for none gets this much.</param>
/// <param name="SubmitsPerMinute">Submits in any sixty seconds.</param>
/// <param name="Unlimited">Names of limits that do not hold for this account, whatever the server's own are.</param>
public sealed record UserLimits(
    [property: Range(0, 1_000_000)] int? ActiveJobs = null,
    [property: Range(0, 1_000_000)] int? QueuedJobs = null,
    [property: Range(1, 1_000_000)] int? Nodes = null,
    [property: Range(1, 100_000_000)] int? Cores = null,
    [property: Range(1, 1_000_000_000)] int? Duration = null,
    [property: Range(1, 100_000)] int? SubmitsPerMinute = null,
    IReadOnlyList<string>? Unlimited = null);
