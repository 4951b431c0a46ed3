namespace FluxRestful.Core.Jobs.Output;

/// <summary>A stream that goes to a file: no data of it will follow.</summary>
/// <param name="Stream">stdout or stderr.</param>
/// <param name="Rank">The tasks' ranks, an idset.</param>
/// <param name="Path">The file on the job's nodes.</param>
public sealed record OutputRedirect(double Timestamp, string Stream, string Rank, string Path) : OutputEvent(Timestamp);
