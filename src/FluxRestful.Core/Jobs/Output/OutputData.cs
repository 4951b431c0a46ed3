namespace FluxRestful.Core.Jobs.Output;

/// <summary>What a task wrote: a line with its end, the last piece without one, or just the end of the stream.</summary>
/// <param name="Stream">stdout or stderr.</param>
/// <param name="Rank">The task's rank: a string, since it is an idset.</param>
/// <param name="Bytes">Exactly the bytes that were written, possibly none.</param>
/// <param name="IsEof">Nothing more comes on this stream of this task.</param>
public sealed record OutputData(double Timestamp, string Stream, string Rank, ReadOnlyMemory<byte> Bytes, bool IsEof) : OutputEvent(Timestamp);
