namespace FluxRestful.Core.Jobs.Output;

/// <summary>The first entry of the output. Its encodings say nothing: each data entry tells its own (surprise 55).</summary>
/// <param name="StdoutCount">How many tasks write to stdout.</param>
/// <param name="StderrCount">How many tasks write to stderr.</param>
public sealed record OutputHeader(double Timestamp, int StdoutCount, int StderrCount) : OutputEvent(Timestamp);
