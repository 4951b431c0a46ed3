namespace FluxRestful.Core.Services.Messages;

/// <summary>How many jobs are where; for the instance or for one queue of it.</summary>
/// <param name="Name">The queue; null for the instance.</param>
/// <param name="InactivePurged">How many were forgotten.</param>
/// <param name="Queues">Of the instance: the same for each named queue.</param>
public sealed record JobStats(
    JobStateCounts JobStates,
    int Successful,
    int Failed,
    int Canceled,
    int Timeout,
    int InactivePurged,
    string? Name = null,
    IReadOnlyList<JobStats>? Queues = null);
