using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Which part of the output, and how, as the address says it. What cannot be read is left out, or said at its field.</summary>
public sealed record LogAddress
{
    /// <summary>What a page opens with, so that it is light.</summary>
    internal const int FirstBlock = 200;

    /// <summary>What comes when one scrolls, or turns a page.</summary>
    internal const int Block = 1000;

    /// <summary>What comes in one piece at most.</summary>
    internal const int Window = 2 * Block;

    /// <summary>What all tasks together show where they are shown one after the other.</summary>
    internal const int MostGrouped = Window;

    internal const int MostContext = 20;

    // What a line shows at most: more is there, and in the download.
    internal const int Width = 10_000;
    internal const int WholeWidth = 1024 * 1024;

    /// <summary>The first line.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>The lines before this one; <c>end</c> for the last ones.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>How many lines.</summary>
    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>stdout or stderr; both if left out.</summary>
    [FromQuery(Name = "stream")]
    public string? Stream { get; init; }

    /// <summary>Tasks, an idset.</summary>
    [FromQuery(Name = "rank")]
    public string? Rank { get; init; }

    /// <summary>What is searched for, literally unless <see cref="Pattern"/>.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    /// <summary>1: small and large letters differ.</summary>
    [FromQuery(Name = "case")]
    public string? Case { get; init; }

    /// <summary>1: it is a regular expression.</summary>
    [FromQuery(Name = "re")]
    public string? Pattern { get; init; }

    /// <summary>1: only lines that match, with <see cref="Context"/> lines around each.</summary>
    [FromQuery(Name = "only")]
    public string? Only { get; init; }

    [FromQuery(Name = "context")]
    public string? Context { get; init; }

    /// <summary>The match at this line or the next one after it.</summary>
    [FromQuery(Name = "hit")]
    public string? Hit { get; init; }

    /// <summary>clock, or start: seconds since the job started.</summary>
    [FromQuery(Name = "time")]
    public string? Times { get; init; }

    /// <summary>1: one task after the other.</summary>
    [FromQuery(Name = "group")]
    public string? Group { get; init; }

    /// <summary>1: long lines are not cut.</summary>
    [FromQuery(Name = "whole")]
    public string? Whole { get; init; }

    internal bool ShowsClock => Times is "clock" or "1";

    internal bool ShowsSinceStart => Times == "start";

    internal bool HasSearch => !string.IsNullOrEmpty(Search);

    internal bool ShowsMatchesOnly => HasSearch && Only == "1";

    internal bool IsGrouped => Group == "1" && !ShowsMatchesOnly;

    internal bool HasFilter => !string.IsNullOrEmpty(Stream) || !string.IsNullOrEmpty(Rank);

    /// <summary>A place is named, so it does not begin where one usually looks first.</summary>
    internal bool HasPlace => Number(From) is not null || Before is not null;

    internal int ContextLines => (int)Math.Min(MostContext, Number(Context) ?? 0);

    /// <summary>Without a place.</summary>
    internal LogAddress Anywhere => this with { From = null, Before = null, Limit = null, Hit = null, Whole = null };

    internal string At(string path)
    {
        var address = new StringBuilder(path);
        foreach (var (name, value) in ((string, string?)[])
            [
                ("from", From), ("before", Before), ("limit", Limit), ("stream", Stream), ("rank", Rank), ("q", Search), ("case", Case), ("re", Pattern),
                ("only", Only), ("context", Context), ("hit", Hit), ("time", Times), ("group", Group), ("whole", Whole),
            ])
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return address.ToString();
    }

    internal static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
