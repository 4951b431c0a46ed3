using System.Globalization;
using System.Text;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Api.Pages.Ansi;
using FluxRestful.Contracts.Jobs.Output;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Lines as a terminal would show them: each stream of each task has a screen of its own, so that a colour carries on to its next line only.</summary>
/// <param name="showsRanks">Several tasks write, so it matters which.</param>
internal sealed class LogScreen(bool showsRanks)
{
    private readonly Dictionary<(string Stream, string? Rank), AnsiText> _screens = [];

    internal LogLine Show(OutputLine line, bool isContext = false)
    {
        var screen = ScreenOf(line);
        var bytes = line.Encoding is null ? null : Convert.FromBase64String(line.Text);
        var shown = bytes?.Length ?? (line.Cut is true ? Encoding.UTF8.GetByteCount(line.Text) : line.Length);
        return new LogLine(
            line.Number, line.Stream, showsRanks ? line.Rank : null, line.Time, screen.Read(bytes is null ? line.Text : Escape(bytes)),
            line.Cut is true ? line.Length - shown : 0)
        {
            IsBinary = bytes is not null,
            IsUnfinished = line.Unterminated is true && line.Cut is not true,
            IsContext = isContext,
            IsError = line.Level is >= 0 and <= 3,
        };
    }

    /// <summary>What is there of lines that have no end yet, and may still be overwritten.</summary>
    internal IReadOnlyList<LogLine> ShowBegun(IEnumerable<BegunText> begun) =>
    [
        .. from line in begun.Select(OutputLineText.Tell)
           let bytes = line.Encoding is null ? null : Convert.FromBase64String(line.Text)
           let spans = ScreenOf(line).Peek(bytes is null ? line.Text : Escape(bytes))
           select new LogLine(0, line.Stream, showsRanks ? line.Rank : null, line.Time, spans, 0) { IsBinary = bytes is not null },
    ];

    private AnsiText ScreenOf(OutputLine line) =>
        _screens.TryGetValue((line.Stream, line.Rank), out var screen) ? screen : _screens[(line.Stream, line.Rank)] = new AnsiText();

    // What is UTF-8 stays; each byte that is not becomes \x and two digits.
    internal static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var letter, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(letter.ToString());
            }
            else
            {
                foreach (var one in bytes[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{one:x2}");
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
