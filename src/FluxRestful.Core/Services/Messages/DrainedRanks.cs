namespace FluxRestful.Core.Services.Messages;

/// <summary>Since when and why ranks are drained.</summary>
/// <param name="Timestamp">Seconds since 1970, rounded to whole ones (surprise 59); the journal has them exactly.</param>
public sealed record DrainedRanks(double Timestamp, string? Reason = null);
