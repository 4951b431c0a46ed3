using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>A line that somebody has begun and not ended, as it grows.</summary>
internal sealed class BegunLine
{
    internal List<byte> Bytes { get; } = [];

    /// <summary>When something was added last.</summary>
    internal double Timestamp { get; set; }

    /// <summary>Which change of all that was.</summary>
    internal long Change { get; set; }

    /// <summary>Of a line that was overwritten again and again (by carriage returns) the end, of another the beginning; never half a character.</summary>
    internal ReadOnlySpan<byte> OnScreen(int width)
    {
        ReadOnlySpan<byte> line = CollectionsMarshal.AsSpan(Bytes);
        if (line.Length > width)
        {
            line = line[^width..].IndexOf((byte)'\r') is >= 0 and var overwritten ? line[^(width - overwritten - 1)..] : line[..width];
        }

        // The rest of the last one is still to come.
        return Rune.DecodeLastFromUtf8(line, out _, out var half) == OperationStatus.NeedMoreData ? line[..^half] : line;
    }
}
