using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Which part of the output, as the address says it. What cannot be read is left out.</summary>
public sealed record LogAddress
{
    internal const int Most = 1000;

    // What a line shows at most: more is there, and in the download.
    internal const int Width = 10_000;

    /// <summary>The first line.</summary>
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    /// <summary>The lines before this one.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>stdout or stderr; both if left out.</summary>
    [FromQuery(Name = "stream")]
    public string? Stream { get; init; }

    /// <summary>Tasks, an idset.</summary>
    [FromQuery(Name = "rank")]
    public string? Rank { get; init; }

    /// <summary>Only lines with this in them, literally.</summary>
    [FromQuery(Name = "q")]
    public string? Search { get; init; }

    [FromQuery(Name = "time")]
    public string? Times { get; init; }

    internal bool ShowsTimes => Times == "1";

    internal bool HasFilter => !string.IsNullOrEmpty(Stream) || !string.IsNullOrEmpty(Rank) || !string.IsNullOrEmpty(Search);

    /// <summary>Which of the wanted lines, by their places among all, are in the window.</summary>
    /// <param name="atEnd">Where neither a first nor a last line is named, whether the end is shown.</param>
    internal (int First, int Last) Window(List<int> wanted, bool atEnd)
    {
        var before = Number(Before) ?? (Number(From) is null && atEnd ? long.MaxValue : null);
        if (before is not null)
        {
            var end = wanted.FindIndex(place => place + 1 >= before) is >= 0 and var found ? found : wanted.Count;
            return (Math.Max(0, end - Most), end);
        }

        var from = Number(From) ?? 1;
        var start = wanted.FindIndex(place => place + 1 >= from) is >= 0 and var first ? first : wanted.Count;
        return (start, Math.Min(wanted.Count, start + Most));
    }

    internal string With(string path, Func<LogAddress, LogAddress> change)
    {
        var to = change(this with { From = null, Before = null });
        var address = new StringBuilder(path);
        foreach (var (name, value) in ((string, string?)[])
            [("from", to.From), ("before", to.Before), ("stream", to.Stream), ("rank", to.Rank), ("q", to.Search), ("time", to.Times)])
        {
            if (!string.IsNullOrEmpty(value))
            {
                address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return address.ToString();
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
