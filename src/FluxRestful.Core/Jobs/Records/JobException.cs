namespace FluxRestful.Core.Jobs.Records;

/// <summary>An exception of a job (RFC 21).</summary>
/// <param name="Type">What kind: cancel, timeout, alloc, dependency, exec, or anything a user raised.</param>
/// <param name="Severity">0 is fatal, up to 7.</param>
/// <param name="Note">What there is to say, possibly empty.</param>
public sealed record JobException(string Type, int Severity, string Note)
{
    /// <summary>It ends the job.</summary>
    public bool IsFatal => Severity == 0;
}
