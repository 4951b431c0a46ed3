namespace FluxRestful.Contracts.Jobs;

/// <summary>An exception of a job.</summary>
/// <param name="Type">What kind: cancel, timeout, alloc, dependency, exec, or anything that somebody raised.</param>
/// <param name="Severity">0 ends the job; up to 7.</param>
/// <param name="Note">What there is to say.</param>
public sealed record JobExceptionNote(string Type, int Severity, string Note);
