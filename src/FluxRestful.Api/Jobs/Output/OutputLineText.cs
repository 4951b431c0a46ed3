using System.Text;
using System.Text.Unicode;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Contracts.Jobs.Output;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>A line as it is told over HTTP.</summary>
internal static class OutputLineText
{
    internal static OutputLine Tell(OutputLog log, OutputBlock block, int index, OutputQuery query)
    {
        var line = block.Lines.Span[index];
        var source = log.Source(line.Source);
        var bytes = block[line];
        var isTerminated = bytes is [.., (byte)'\n'];
        var text = isTerminated ? bytes[..^1] : bytes;
        var isText = Utf8.IsValid(text);
        var width = query.Width;
        if (query.IsForScreen && isText && text.Length > width && text[^width..].IndexOf((byte)'\r') is >= 0 and var overwritten)
        {
            text = text[^(width - overwritten - 1)..];
        }

        var isCut = text.Length > width;
        if (isCut)
        {
            text = text[..(isText ? WholeCharacters(text, width) : width)];
        }

        return new OutputLine(
            block.First + index,
            source.Stream,
            Time(line.Timestamp),
            isText ? Encoding.UTF8.GetString(text) : Convert.ToBase64String(text),
            bytes.Length,
            source.Rank.Length == 0 ? null : source.Rank,
            isText ? null : "base64",
            isCut ? true : null,
            isTerminated ? null : true,
            line.Level < 0 ? null : line.Level);
    }

    /// <summary>A line that has no end yet, and so no number.</summary>
    internal static OutputLine Tell(BegunText begun)
    {
        var isText = Utf8.IsValid(begun.Bytes);
        return new OutputLine(
            0,
            begun.Source.Stream,
            Time(begun.Timestamp),
            isText ? Encoding.UTF8.GetString(begun.Bytes) : Convert.ToBase64String(begun.Bytes),
            begun.Bytes.Length,
            begun.Source.Rank.Length == 0 ? null : begun.Source.Rank,
            isText ? null : "base64");
    }

    private static DateTimeOffset Time(double timestamp) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Clamp(timestamp, 0, 253402300799) * TimeSpan.TicksPerSecond));

    // Not within a character.
    private static int WholeCharacters(ReadOnlySpan<byte> text, int width)
    {
        while (width > 0 && (text[width] & 0xC0) == 0x80)
        {
            width--;
        }

        return width;
    }
}
