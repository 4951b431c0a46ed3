using System.Globalization;
using System.Text;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Jobs.Listing;
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
    internal const string NewestFirst = "-submitted";

    private const int LongestTrail = 30;

    /// <summary>One of the tabs.</summary>
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    /// <summary>What is searched for: plain text.</summary>
    [FromQuery(Name = "text")]
    public string? Text { get; init; }

    [FromQuery(Name = "queue")]
    public string? Queue { get; init; }

    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    [FromQuery(Name = "scope")]
    public string? Scope { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>The cursors of the pages before this one, and of this one, with tildes between.</summary>
    [FromQuery(Name = "trail")]
    public string? Trail { get; init; }

    internal int PageSize => int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is 20 or 50 or 100 or 200
        ? int.Parse(Limit!, CultureInfo.InvariantCulture)
        : 50;

    internal string SortName => Sort?.TrimStart('-') is { } name && ListOrder.Find(name) is not null ? name : "submitted";

    internal bool IsDescending => Sort is null || ListOrder.Find(Sort.TrimStart('-')) is null || Sort.StartsWith('-');

    internal string[] Cursors => Trail?.Split('~', StringSplitOptions.RemoveEmptyEntries) is { Length: <= LongestTrail } cursors ? cursors : [];

    internal bool IsFirst => Cursors.Length == 0;

    /// <summary>Something besides the tab is asked for.</summary>
    internal bool HasFilter => !string.IsNullOrWhiteSpace(Text) || !string.IsNullOrEmpty(Queue) || !string.IsNullOrEmpty(Since);

    internal JobListQuery Query(bool mine)
    {
        var query = new JobListQuery { Filter = Filter(mine), Order = ListOrder.Find(SortName)!, Descending = IsDescending, Limit = PageSize };
        return Cursors is [.., var last] && JobCursor.TryParse(last, out var cursor) && cursor.Order == query.Order && cursor.Descending == query.Descending
            ? query with { After = cursor }
            : query;
    }

    internal JobFilter Filter(bool mine)
    {
        var wrong = new Dictionary<string, string[]>();
        JobSelector selector = new(
            State is null ? null : [State], null, null, Queue, null, Since, null, Text?.Trim() is { Length: > 0 and <= 1000 } text ? text : null, null, mine ? "mine" : "all");
        var filter = JobSelectorReader.Read(selector, "", mineUnlessSaid: false, wrong);
        return wrong.Count == 0 ? filter : JobSelectorReader.Read(selector with { State = null, Since = null, Queue = null }, "", false, wrong);
    }

    /// <summary>The address of a page that differs in this.</summary>
    internal string With(Func<JobsAddress, JobsAddress> change, string path = Path)
    {
        var to = change(this with { Trail = null });
        var address = new StringBuilder(path);
        foreach (var (name, value) in to.Parts())
        {
            address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return address.ToString();
    }

    internal string Here(string path = Path) => With(address => address with { Trail = Trail }, path);

    internal string Next(string cursor) =>
        With(address => address with { Trail = string.Join('~', Cursors.Append(cursor).TakeLast(LongestTrail)) });

    internal string Previous() => With(address => address with { Trail = string.Join('~', Cursors.SkipLast(1)) });

    internal IEnumerable<(string Name, string Value)> Parts()
    {
        foreach (var (name, value) in ((string, string?)[])
            [("state", State), ("text", Text), ("queue", Queue), ("since", Since), ("scope", Scope), ("sort", Sort), ("limit", Limit), ("trail", Trail)])
        {
            if (!string.IsNullOrEmpty(value))
            {
                yield return (name, value);
            }
        }
    }
}
