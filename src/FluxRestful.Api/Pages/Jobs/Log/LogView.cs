using FluxRestful.Api.Jobs.Output;
using FluxRestful.Contracts.Jobs.Output;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>A window into a job's output.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Lines">The lines of the window.</param>
/// <param name="Place">Totals, and where it goes on.</param>
public sealed record LogView(LogAddress Address, IReadOnlyList<LogLine> Lines, LogPlace Place)
{
    /// <summary>When the job started.</summary>
    internal double? Start { get; init; }

    /// <summary>The first line that tells of an error, where the window was opened at it.</summary>
    internal long? FirstError { get; init; }

    /// <summary>What was searched for; null if nothing was, or it makes no sense.</summary>
    internal OutputFound? Found { get; init; }

    /// <summary>What is wrong with the search or the filter, by field.</summary>
    internal IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    internal IReadOnlyList<OutputRedirection> Redirects { get; init; } = [];

    /// <summary>Instead of lines: those of each task.</summary>
    internal IReadOnlyList<LogGroup> Groups { get; init; } = [];

    /// <summary>What tasks have begun and not ended, where the window reaches that far.</summary>
    internal IReadOnlyList<LogLine> Begun { get; init; } = [];

    /// <summary>Several tasks write.</summary>
    internal bool HasRanks { get; init; }

    /// <summary>There is more than has been read; it comes as what is new does.</summary>
    internal bool IsPart { get; init; }

    /// <summary>It cannot be shown, and why.</summary>
    internal string? Failure { get; init; }

    internal bool IsOver => Place.Status is "ended" or "never-ran";

    /// <summary>What comes is shown as it comes.</summary>
    internal bool IsLive => !IsOver && Failure is null && !Address.ShowsMatchesOnly && !Address.IsGrouped;
}

/// <summary>The last lines of one task.</summary>
/// <param name="Rank">The task.</param>
/// <param name="Lines">As many as have room.</param>
/// <param name="Total">How many it has written.</param>
internal sealed record LogGroup(string Rank, IReadOnlyList<LogLine> Lines, long Total);

/// <summary>Where a window stands in the whole.</summary>
/// <param name="Status">pending, running, ended or never-ran.</param>
/// <param name="Total">How many lines there are now.</param>
/// <param name="Matching">How many of them are wanted.</param>
/// <param name="Next">The line after the window; null when nothing comes any more.</param>
/// <param name="Previous">The first line of the window, if there are others before it.</param>
public sealed record LogPlace(string Status, long Total, long Matching, long? Next, long? Previous);
