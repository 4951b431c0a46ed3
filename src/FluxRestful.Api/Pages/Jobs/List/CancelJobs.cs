using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Jobs.List;

/// <summary>Cancels what was selected, after a look at what that is.</summary>
internal static class CancelJobs
{
    private const int Most = 200;

    internal static async Task<RazorComponentResult> Ask(string[]? id, string? @return, HttpContext context, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var found = new List<JobRecord>();
        foreach (var one in Ids(id))
        {
            if (await jobs.FindAsync(one, cancellationToken) is { State: not JobState.Inactive } job)
            {
                found.Add(job);
            }
        }

        (string, object?)[] parameters = [(nameof(CancelPage.Jobs), found), (nameof(CancelPage.Return), Page.Local(@return ?? JobsAddress.Path))];
        return Page.IsPart(context.Request) ? Page.Of<CancelForm>(parameters) : Page.Of<CancelPage>(parameters);
    }

    internal static async Task<RedirectHttpResult> Do(HttpContext context, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var (canceled, late) = (0, 0);
        foreach (var id in Ids(form["id"]))
        {
            switch (await jobs.CancelAsync(id, cancellationToken))
            {
                case CancelOutcome.Requested: canceled++; break;
                case CancelOutcome.Inactive: late++; break;
            }
        }

        var next = Page.Local(form["return"]);
        return TypedResults.LocalRedirect(
            next.StartsWith("/jobs/", StringComparison.Ordinal) ? next : $"{next}{(next.Contains('?', StringComparison.Ordinal) ? '&' : '?')}canceled={canceled}&late={late}");
    }

    private static IEnumerable<JobId> Ids(IEnumerable<string?>? given) =>
        (given ?? []).Take(Most).Select(text => JobId.TryParse(text, out var id) ? id : (JobId?)null).OfType<JobId>().Distinct();
}
