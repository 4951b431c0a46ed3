namespace FluxRestful.Core.Jobs.Output;

/// <summary>One entry of a job's <c>guest.output</c> (RFC 24): header, data, redirect or log.</summary>
/// <param name="Timestamp">Seconds since 1970; not monotonic.</param>
public abstract record OutputEvent(double Timestamp);
