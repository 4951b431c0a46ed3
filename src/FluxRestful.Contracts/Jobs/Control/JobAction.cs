namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>What was done to a job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">In words, such as <c>cancel requested</c>.</param>
public sealed record JobAction(string Id, string Status);
