using FluxRestful.Api.Pages.Ansi;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>A line of output as it is shown.</summary>
/// <param name="Number">Counted from 1; its anchor. 0 as long as it has no end.</param>
/// <param name="Stream">stdout, stderr or shell.</param>
/// <param name="Rank">The task, where it matters.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Spans">Its text, in pieces that look alike.</param>
/// <param name="More">How many bytes are not shown.</param>
public sealed record LogLine(long Number, string Stream, string? Rank, DateTimeOffset Time, IReadOnlyList<AnsiSpan> Spans, long More)
{
    /// <summary>It is not UTF-8: what is no letter is shown as an escape.</summary>
    public bool IsBinary { get; init; }

    /// <summary>It has no line end.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>It does not match; it stands beside one that does.</summary>
    public bool IsContext { get; init; }

    /// <summary>An error of the job's shell.</summary>
    public bool IsError { get; init; }
}
