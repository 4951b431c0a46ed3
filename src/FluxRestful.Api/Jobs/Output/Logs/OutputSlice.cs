namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>Some lines of a block, one after the other.</summary>
/// <param name="Start">Index of the first.</param>
internal readonly record struct OutputSlice(OutputBlock Block, int Start, int Count)
{
    internal ReadOnlySpan<LineEntry> Lines => Block.Lines.Span.Slice(Start, Count);

    internal long First => Block.First + Start;

    internal long Next => First + Count;

    /// <summary>The bytes of all of them.</summary>
    internal ReadOnlyMemory<byte> Bytes => Count == 0 ? default : Block.Bytes[Lines[0].Start..(Lines[^1].Start + Lines[^1].Length)];
}
