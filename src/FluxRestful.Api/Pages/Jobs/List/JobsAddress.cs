using System.Globalization;
using System.Text;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Contracts.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>
/// What the jobs page shows, as its address says it, in the words of the API's list: whoever is sent the address sees the same. What cannot be read is left out:
/// an address that somebody typed leads to a page, not to an error.
/// </summary>
public sealed record JobsAddress
{
    internal const string Path = "/jobs";

    /// <summary>The value of <see cref="Before"/> that leads to the last page.</summary>
    internal const string End = "end";

    internal static readonly int[] PageSizes = [20, 50, 100, 200];

    /// <summary>One of the tabs.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    /// <summary>What is searched for: words, and phrases in quotation marks.</summary>
    [FromQuery(Name = "text")]
    public string? Text { get; init; }

    [FromQuery(Name = "queue")]
    public string? Queue { get; init; }

    /// <summary>The tenant, where everybody's jobs are shown.</summary>
    [FromQuery(Name = "owner")]
    public string? Owner { get; init; }

    [FromQuery(Name = "node")]
    public string? Node { get; init; }

    [FromQuery(Name = "tag")]
    public string? Tag { get; init; }

    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    /// <summary>The last day.</summary>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary>Ran so long or longer.</summary>
    [FromQuery(Name = "longer")]
    public string? Longer { get; init; }

    [FromQuery(Name = "shorter")]
    public string? Shorter { get; init; }

    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>Which columns, for whoever was sent the address; otherwise the browser remembers it.</summary>
    [FromQuery(Name = "columns")]
    public string? Columns { get; init; }

    /// <summary>The cursor of the last job of the page before this one.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>The cursor of the first job of the page after this one, or <see cref="End"/>.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>The number of this page, to be read; what is on it the cursors say.</summary>
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    internal int PageSize => int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && PageSizes.Contains(size) ? size : 50;

    internal int Number => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 1_000_000 && !IsFirst ? number : 1;

    internal string SortName => Sort?.TrimStart('-') is { } name && ListOrder.Find(name) is not null ? name : "submitted";

    internal bool IsDescending => Sort is null || ListOrder.Find(Sort.TrimStart('-')) is null || Sort.StartsWith('-');

    internal bool IsFirst => string.IsNullOrEmpty(After) && string.IsNullOrEmpty(Before);

    /// <summary>Something besides the tab is asked for.</summary>
    internal bool HasFilter => JobsChip.Of(this).Any();

    /// <summary>Something is asked for that is not always in sight.</summary>
    internal bool HasMore => JobsChip.Of(this).Any(chip => chip.Name != "text");

    internal JobListQuery Query(bool mine) => new() { Filter = Filter(mine), Order = ListOrder.Find(SortName)!, Descending = IsDescending, Limit = PageSize };

    internal JobFilter Filter(bool mine)
    {
        var wrong = new Dictionary<string, string[]>();
        JobSelector selector = new(
            State is null ? null : [State], null, null, Queue?.Trim(), Node?.Trim(), Since, DayAfter(Until), Text?.Trim() is { Length: > 0 and <= 1000 } text ? text : null,
            mine ? null : Owner?.Trim(), mine ? "mine" : "all", Tag?.Trim());
        var filter = JobSelectorReader.Read(selector, "", mineUnlessSaid: false, wrong);
        if (wrong.Count > 0)
        {
            filter = JobSelectorReader.Read(
                selector with
                {
                    State = Good("state", selector.State),
                    Queue = Good("queue", selector.Queue),
                    Node = Good("node", selector.Node),
                    Tag = Good("tag", selector.Tag),
                    Owner = Good("owner", selector.Owner),
                    Since = Good("since", selector.Since),
                    Until = Good("until", selector.Until),
                },
                "", false, new Dictionary<string, string[]>());
        }

        return filter with { RanFrom = DurationInput.Read(Longer), RanTo = DurationInput.Read(Shorter) };

        T? Good<T>(string name, T? value)
            where T : class => wrong.ContainsKey(name) ? null : value;
    }

    /// <summary>The address of a first page that differs in this.</summary>
    internal string With(Func<JobsAddress, JobsAddress> change, string path = Path) =>
        Write(change(this with { After = null, Before = null, Page = null }), path);

    internal string Here(string path = Path) => Write(this, path);

    internal IEnumerable<(string Name, string Value)> Parts()
    {
        foreach (var (name, value) in ((string, string?)[])
            [
                ("state", State), ("text", Text), ("queue", Queue), ("owner", Owner), ("node", Node), ("tag", Tag), ("since", Since), ("until", Until), ("longer", Longer), ("shorter", Shorter),
                ("scope", Scope), ("sort", Sort), ("limit", Limit), ("columns", Columns), ("after", After), ("before", Before), ("page", Page),
            ])
        {
            if (!string.IsNullOrEmpty(value))
            {
                yield return (name, value);
            }
        }
    }

    private static string Write(JobsAddress to, string path)
    {
        var address = new StringBuilder(path);
        foreach (var (name, value) in to.Parts())
        {
            address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return address.ToString();
    }

    // A day belongs to what it is the end of.
    private static string? DayAfter(string? until) => DateOnly.TryParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
        ? day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : until;
}
