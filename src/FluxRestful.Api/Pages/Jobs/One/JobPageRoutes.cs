using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Pages.Jobs.Log;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>One job: its state, its output, its details, what happened to it.</summary>
internal static class JobPageRoutes
{
    internal static void MapJobPage(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.JobsRead);
        reads.MapGet("/jobs/{id}", Show);
        reads.MapGet("/job/{id}", (string id) => TypedResults.LocalRedirect("/jobs/" + Uri.EscapeDataString(id), permanent: true));
        reads.MapGet("/ui/jobs/{id}", ShowPart);
        reads.MapLog();
    }

    internal static async Task<IResult> Show(
        string id, string? tab, [AsParameters] LogAddress log, TenantJobs jobs, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var job) || await ReadAsync(jobs, job, tab, time, cancellationToken) is not { } view)
        {
            return ProblemPage.UnknownJob(id);
        }

        if (id != view.Id)
        {
            return TypedResults.LocalRedirect($"/jobs/{view.Id}{context.Request.QueryString}");
        }

        if (view.Tab == "output" && jobs.Age == TimeSpan.Zero)
        {
            // What ended well is read from its beginning, everything else from its end.
            view = view with { Log = await LogReader.ReadAsync(jobs, job, log, atEnd: view.Job.Result != JobResult.Completed, cancellationToken) };
        }

        return Page.Of<JobPage>((nameof(JobPage.View), view), (nameof(JobPage.IsNew), context.Request.Query.ContainsKey("new")));
    }

    /// <summary>The head of the page, which tells the state: what changes while one looks.</summary>
    internal static async Task<IResult> ShowPart(string id, string? tab, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken) =>
        JobId.TryParse(id, out var job) && await ReadAsync(jobs, job, tab, time, cancellationToken) is { } view
            ? Page.Of<JobHead>((nameof(JobHead.View), view), (nameof(JobHead.IsPart), true))
            : ProblemPage.UnknownJob(id);

    private static async Task<JobPageView?> ReadAsync(TenantJobs jobs, JobId id, string? tab, TimeProvider time, CancellationToken cancellationToken) =>
        await jobs.FindEntryAsync(id, cancellationToken) is { } entry
            ? new JobPageView(
                entry.Record, entry.OwnerName, tab is "details" or "events" or "spec" ? tab : "output", time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, jobs.Age)
            : null;
}
