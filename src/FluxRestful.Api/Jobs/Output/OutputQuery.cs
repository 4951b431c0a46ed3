using System.Text.RegularExpressions;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>Which lines of an output are wanted.</summary>
internal sealed record OutputQuery
{
    internal const int MostLines = 10_000;
    internal const int UsualLines = 1000;
    internal const int UsualWidth = 64 * 1024;

    /// <summary>stdout, stderr, shell; null for all.</summary>
    internal IReadOnlySet<string>? Streams { get; init; }

    /// <summary>Tasks; null for all, and the shell.</summary>
    internal IdSet? Ranks { get; init; }

    /// <summary>Literally; null for all lines.</summary>
    internal string? Search { get; init; }

    internal bool IgnoresCase { get; init; }

    /// <summary>Instead of <see cref="Search"/>: an expression that is matched without going back, so that no text makes it slow.</summary>
    internal Regex? Pattern { get; init; }

    /// <summary>The first line to look at; the page ends after <see cref="Limit"/> lines.</summary>
    internal long From { get; init; } = 1;

    /// <summary>Instead: the page ends before this line. <see cref="long.MaxValue"/> for the last lines.</summary>
    internal long? Before { get; init; }

    internal int Limit { get; init; } = UsualLines;

    /// <summary>How many bytes of a line are shown.</summary>
    internal int Width { get; init; } = UsualWidth;

    /// <summary>For a screen: of a line that was overwritten again and again (by carriage returns) the end counts, not the beginning.</summary>
    internal bool IsForScreen { get; init; }

    internal bool HasSearch => Search is not null || Pattern is not null;

    internal bool IsUnfiltered => Streams is null && Ranks is null && !HasSearch;

    internal bool Wants(OutputSource source) => (Streams?.Contains(source.Stream) ?? true) && (Ranks is null || source.IsOf(Ranks));
}
