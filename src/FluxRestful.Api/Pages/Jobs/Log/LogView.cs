namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>A window into a job's output.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Lines">The lines of the window.</param>
/// <param name="Page">Totals, and where it goes on.</param>
public sealed record LogView(LogAddress Address, IReadOnlyList<LogLine> Lines, LogPlace Page);

/// <summary>Where a window stands in the whole.</summary>
/// <param name="Status">pending, running, ended or never-ran.</param>
/// <param name="Total">How many lines there are now.</param>
/// <param name="Matching">How many of them are wanted.</param>
/// <param name="Next">The line after the window; null when nothing comes any more.</param>
/// <param name="Previous">The first line of the window, if there are others before it.</param>
public sealed record LogPlace(string Status, long Total, long Matching, long? Next, long? Previous);
