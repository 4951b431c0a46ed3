using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Pages.Jobs.Log;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Pages.Submit.Sources;

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
        reads.MapGet("/jobs/{id}/jobspec.json", Jobspec);
        reads.MapGet("/jobs/{id}/R.json", Resources);
        reads.MapLog();
        pages.MapJobActions();
    }

    internal static async Task<IResult> Show(
        GivenJobId id, string? tab, [AsParameters] LogAddress log, TenantJobs jobs, JobSources sources, TimeProvider time, HttpContext context, CancellationToken cancellationToken)
    {
        if (id.Id is not { } job || await JobPageReader.ReadAsync(jobs, job, tab, time, cancellationToken) is not { } view)
        {
            return ProblemPage.UnknownJob(id.Text);
        }

        if (id.Text != view.Id)
        {
            return TypedResults.LocalRedirect($"/jobs/{view.Id}{context.Request.QueryString}");
        }

        if (view.Tab == "output" && view.IsPurged)
        {
            // The page says why there is none.
        }
        else if (view.Tab == "output" && jobs.Age == TimeSpan.Zero)
        {
            if (await jobs.OpenOutputAsync(job, cancellationToken) is not { } output)
            {
                return ProblemPage.UnknownJob(id.Text);
            }

            context.Response.RegisterForDispose(output);
            view = view with { Log = await LogReader.ReadAsync(output, view.Job, log, log.HasPlace || log.HasSearch ? LogAddress.Block : LogAddress.FirstBlock, opens: true, cancellationToken) };
        }
        else if (view.StaleFor == TimeSpan.Zero)
        {
            view = await JobPageReader.ReadTabAsync(view, jobs, sources, $"{context.Request.Scheme}://{context.Request.Host}", cancellationToken);
        }

        return Page.Of<JobPage>(
            (nameof(JobPage.View), view), (nameof(JobPage.IsNew), context.Request.Query.ContainsKey("new")), (nameof(JobPage.Done), JobActions.Done(context.Request.Query["done"])));
    }

    /// <summary>The head of the page, which tells the state: what changes while one looks.</summary>
    internal static async Task<IResult> ShowPart(GivenJobId id, string? tab, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken) =>
        id.Id is { } job && await JobPageReader.ReadAsync(jobs, job, tab, time, cancellationToken) is { } view
            ? Page.Of<JobHead>((nameof(JobHead.View), view), (nameof(JobHead.IsPart), true))
            : ProblemPage.UnknownJob(id.Text);

    /// <summary>The jobspec, to keep.</summary>
    internal static async Task<IResult> Jobspec(GivenJobId id, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken) =>
        id.Id is { } job && await jobs.ReadJobspecAsync(job, cancellationToken) is { } jobspec
            ? Keep(context, jobspec, $"{job}.jobspec.json")
            : ProblemPage.UnknownJob(id.Text);

    /// <summary>The resources that it got, to keep; an empty object if it has none.</summary>
    internal static async Task<IResult> Resources(GivenJobId id, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken) =>
        id.Id is { } job && await jobs.ReadResourcesAsync(job, cancellationToken) is { } resources
            ? Keep(context, resources, $"{job}.R.json")
            : ProblemPage.UnknownJob(id.Text);

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Keep(HttpContext context, JsonElement document, string name)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return TypedResults.Text(document.ValueKind == JsonValueKind.Undefined ? "{}" : PrettyJson.Of(document), "application/json");
    }
}
