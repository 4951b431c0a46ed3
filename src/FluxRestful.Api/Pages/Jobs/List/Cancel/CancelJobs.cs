using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Tenants;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Pages.Jobs.List.Cancel;

/// <summary>Cancels what was selected, or all that fits the list's filter, after a look at what that is.</summary>
internal static class CancelJobs
{
    private const int Most = 10_000;
    private const int LongestReason = 500;

    internal static async Task<RazorComponentResult> Ask(
        [FromQuery] string[]? id, int? all, string? @return, [AsParameters] JobsAddress address, HttpContext context, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var ids = all == 1 ? (await SelectAsync(address, jobs, tenant, cancellationToken)).Take(Most).ToList() : [.. Ids(id)];
        var found = new List<JobRecord>();
        var ended = 0;
        foreach (var one in ids)
        {
            switch ((await jobs.FindEntryAsync(one, cancellationToken))?.Record)
            {
                case { State: not JobState.Inactive } job:
                    found.Add(job);
                    break;
                case not null:
                    ended++;
                    break;
            }
        }

        (string, object?)[] parameters =
        [
            (nameof(CancelPage.Jobs), found), (nameof(CancelPage.Ended), ended), (nameof(CancelPage.Return), Page.Local(@return ?? address.Here())),
            (nameof(CancelPage.All), all == 1 ? address : null),
        ];
        return Page.IsPart(context.Request) ? Page.Of<CancelForm>(parameters) : Page.Of<CancelPage>(parameters);
    }

    internal static async Task<RedirectHttpResult> Do(HttpContext context, [AsParameters] JobsAddress address, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        List<JobId> ids = form["all"] == "1" ? [.. (await SelectAsync(address, jobs, tenant, cancellationToken)).Take(Most)] : [.. Ids(form["id"])];
        var reason = form["reason"].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestReason)] : null;
        var results = await jobs.ControlManyAsync(ids, new CancelJob(reason), dryRun: false, cancellationToken);
        var report = new CancelReport
        {
            Canceled = results.Count(each => each.Failure is null && each.Result.Outcome == JobOutcome.Done),
            Late = results.Count(each => each.Failure is null && each.Result.Outcome is JobOutcome.Inactive or JobOutcome.Unknown),
        };
        var next = Page.Local(form["return"]);
        // A job's own page shows what became of it.
        return TypedResults.LocalRedirect(
            next.StartsWith("/jobs/", StringComparison.Ordinal) ? next : (report with { Refused = results.Count - report.Canceled - report.Late }).On(next));
    }

    private static Task<IReadOnlyList<JobId>> SelectAsync(JobsAddress address, TenantJobs jobs, CurrentTenant tenant, CancellationToken cancellationToken) =>
        jobs.SelectActiveAsync(address.Filter(mine: !JobsReader.ShowsEverybody(address, tenant)), cancellationToken);

    private static IEnumerable<JobId> Ids(IEnumerable<string?>? given) =>
        GivenJobId.Of(given?.Take(Most));
}
