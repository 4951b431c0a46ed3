namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>One line within a block; small, for there are millions.</summary>
/// <param name="Start">Its first byte in the block.</param>
/// <param name="Length">With its newline, if it has one.</param>
/// <param name="Source">Index into the log's sources.</param>
/// <param name="Level">Of a shell's word, else -1.</param>
internal readonly record struct LineEntry(int Start, int Length, int Source, sbyte Level, double Timestamp);
