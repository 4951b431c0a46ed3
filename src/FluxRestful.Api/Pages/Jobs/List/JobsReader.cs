using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Pages.Preferences;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>
/// From an address to what the page shows. A page is found by the job next to it, forwards or backwards, so jobs that come and go elsewhere move nothing; the last
/// one is the first of the opposite order.
/// </summary>
internal static class JobsReader
{
    internal static async Task<JobsView> ReadAsync(JobsAddress address, HttpContext context, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var look = Look.Of(context.Request);
        var everybody = ShowsEverybody(address, tenant);
        var query = address.Query(mine: !everybody);
        var (page, number, backwards) = await PageAsync(address, query, jobs, cancellationToken);
        var entries = page.Jobs.ToList();
        if (backwards)
        {
            entries.Reverse();
        }

        var hasPrevious = backwards ? page.Next is not null : !address.IsFirst && number > 1;
        var hasNext = backwards ? address.Before != JobsAddress.End : page.Next is not null;
        return new JobsView(
            address,
            [.. entries.Select(entry => new JobsRow(entry.Record, everybody ? entry.OwnerName : null, entry.IsPurged))],
            JobsColumn.Of(address, look, everybody, queues: entries.Exists(entry => entry.Record.Queue is not null)),
            Tabs(page.Counts),
            page.Matching,
            number,
            !hasPrevious || entries.Count == 0 ? null
                : number == 2 ? address.With(first => first)
                : address.With(to => to with { Before = Cursor(entries[0], !query.Descending), Page = Text(number - 1) }),
            hasNext && entries.Count > 0 ? address.With(to => to with { After = Cursor(entries[^1], query.Descending), Page = Text(number + 1) }) : null,
            page.Now,
            everybody,
            jobs.Age,
            $"{context.Request.Scheme}://{context.Request.Host}",
            look.IsCompact);

        string Cursor(JobEntry entry, bool descending) => new JobCursor(query.Order, descending, page.Now, query.Order.PlaceOf(entry, page.Now)).ToString();
    }

    /// <summary>One's own jobs first; everybody's are a choice, and a right.</summary>
    internal static bool ShowsEverybody(JobsAddress address, CurrentTenant tenant) => address.Scope == "all" && tenant.May(Permission.JobsReadAll);

    private static async Task<(JobListPage Page, int Number, bool Backwards)> PageAsync(
        JobsAddress address, JobListQuery query, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (address.Before == JobsAddress.End)
        {
            return await LastAsync(query, jobs, cancellationToken);
        }

        if (Find(address.Before, query, !query.Descending) is { } before)
        {
            var page = await jobs.ListAsync(query with { Descending = !query.Descending, After = before }, cancellationToken);
            if (page.Next is not null)
            {
                return (page, Math.Max(2, address.Number), true);
            }
        }
        else if (Find(address.After, query, query.Descending) is { } after)
        {
            var page = await jobs.ListAsync(query with { After = after }, cancellationToken);
            // Where it was, nothing is left: what is left is before.
            return page.Jobs.Count > 0 ? (page, Math.Max(2, address.Number), false) : await LastAsync(query, jobs, cancellationToken);
        }

        return (await jobs.ListAsync(query, cancellationToken), 1, false);
    }

    private static async Task<(JobListPage Page, int Number, bool Backwards)> LastAsync(JobListQuery query, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var matching = (await jobs.ListAsync(query with { Limit = 1 }, cancellationToken)).Matching;
        var rest = matching % query.Limit;
        var page = await jobs.ListAsync(query with { Descending = !query.Descending, Limit = rest == 0 ? query.Limit : rest }, cancellationToken);
        return (page, Math.Max(1, (matching + query.Limit - 1) / query.Limit), true);
    }

    private static JobCursor? Find(string? text, JobListQuery query, bool descending) =>
        text is { Length: > 0 } && JobCursor.TryParse(text, out var cursor) && cursor.Order == query.Order && cursor.Descending == descending ? cursor : null;

    internal static List<JobsTab> Tabs(JobCounts counts) =>
    [
        new(null, "All", counts.Total),
        new("active", "Active", counts.Pending + counts.Running),
        new("pending", "Pending", counts.Pending),
        new("running", "Running", counts.Running),
        new("completed", "Completed", counts.Completed),
        new("failed", "Failed", counts.Failed),
        new("canceled", "Canceled", counts.Canceled),
        new("timeout", "Timeout", counts.Timeout),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
