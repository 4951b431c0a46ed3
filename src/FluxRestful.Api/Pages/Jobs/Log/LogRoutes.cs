using FluxRestful.Api.Jobs;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Pages.Jobs.Log;

/// <summary>Parts of a job's output, for the page's script; and all of it, to keep.</summary>
internal static class LogRoutes
{
    internal static void MapLog(this IEndpointRouteBuilder reads)
    {
        reads.MapGet("/ui/jobs/{id}/output", ShowLines);
        reads.MapGet("/jobs/{id}/output.txt", Download);
    }

    /// <summary>The lines from one on, or before one; nothing else. Their bounds are in the attributes of the element around them.</summary>
    internal static async Task<IResult> ShowLines(string id, [AsParameters] LogAddress address, TenantJobs jobs, CancellationToken cancellationToken) =>
        JobId.TryParse(id, out var job) && await LogReader.ReadAsync(jobs, job, address, atEnd: true, cancellationToken) is { } view
            ? Page.Of<LogLines>((nameof(LogLines.View), view))
            : ProblemPage.UnknownJob(id);

    /// <summary>Everything that the job has written by now, as it was written.</summary>
    internal static async Task<IResult> Download(string id, TenantJobs jobs, HttpContext context, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var job) || await jobs.ReadOutputAsync(job, cancellationToken) is not { } output)
        {
            return ProblemPage.UnknownJob(id);
        }

        context.Response.RegisterForDispose(output);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{job}.txt\"";
        return TypedResults.Text(string.Concat(output.Lines), "text/plain");
    }
}
