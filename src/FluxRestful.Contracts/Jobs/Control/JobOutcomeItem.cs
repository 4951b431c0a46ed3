namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>What came of it for one job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">The HTTP status that a request about this job alone would have had.</param>
/// <param name="Type">The type of problem, if there was one.</param>
/// <param name="Detail">What it was, in words.</param>
/// <param name="Retryable">Whether the same may succeed later.</param>
public sealed record JobOutcomeItem(string Id, int Status, string? Type = null, string? Detail = null, bool? Retryable = null);
