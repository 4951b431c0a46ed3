namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>A piece of an output: some lines, one after the other. Nothing of it changes.</summary>
/// <param name="First">The number of its first line.</param>
internal sealed record OutputBlock(long First, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<LineEntry> Lines)
{
    // What a block costs beside its contents.
    private const int Overhead = 256;

    internal long Next => First + Lines.Length;

    internal int Weight => Overhead + Bytes.Length + (Lines.Length * 24);

    internal ReadOnlySpan<byte> this[LineEntry line] => Bytes.Span.Slice(line.Start, line.Length);
}
