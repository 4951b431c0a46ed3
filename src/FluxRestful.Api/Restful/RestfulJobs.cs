using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Restful.Answers;
using FluxRestful.Api.Restful.Documents;

namespace FluxRestful.Api.Restful;

/// <summary>The routes of flux-restful-api that are about jobs.</summary>
internal static class RestfulJobs
{
    internal static void MapRestfulJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/v1/jobs").WithTags("jobs");
        jobs.MapGet("", ListJobs.Handle).Requires(Permission.JobsRead).AddEndpointFilter<StaleMark>().WithMetadata(RestfulDocs.List);
        jobs.MapGet("/search", SearchJobs.Handle).Requires(Permission.JobsRead).AddEndpointFilter<StaleMark>().WithMetadata(RestfulDocs.Search);
        jobs.MapPost("/submit", SubmitJob.Handle).Requires(Permission.JobsWrite).DisableAntiforgery().WithMetadata(RestfulDocs.Submit);
        jobs.MapGet("/{jobid}", GetJob).Requires(Permission.JobsRead).AddEndpointFilter<StaleMark>().WithMetadata(RestfulDocs.Job);
        jobs.MapPost("/{jobid}/cancel", Cancel).Requires(Permission.JobsWrite).WithMetadata(RestfulDocs.Cancel);
        jobs.MapGet("/{jobid}/output", GetOutput).Requires(Permission.JobsRead).WithMetadata(RestfulDocs.Output);
        jobs.MapGet("/{jobid}/output/stream", StreamOutput.Handle).Requires(Permission.JobsRead).WithMetadata(RestfulDocs.Stream);
    }

    /// <summary>One job with its details.</summary>
    internal static async Task<IResult> GetJob(GivenJobId jobid, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        if (jobid.Id is not { } id)
        {
            return RestfulAnswers.MalformedJobId;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return await jobs.FindAsync(id, cancellationToken) is { } job
            ? new JsonAnswer(writer =>
            {
                RestfulJob.WriteDetails(writer, job, now, isRow: false);
                return [];
            })
            : RestfulAnswers.UnknownJob;
    }

    /// <summary>Asks the broker to cancel a job: pending ones end at once, running ones within seconds.</summary>
    internal static async Task<IResult> Cancel(GivenJobId jobid, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (jobid.Id is not { } id)
        {
            return RestfulAnswers.MalformedJobId;
        }

        return (await jobs.ControlAsync(id, new CancelJob(null), cancellationToken)).Outcome switch
        {
            JobOutcome.Done => RestfulAnswers.Message(StatusCodes.Status200OK, "Job is requested to cancel.", jobid.Text),
            JobOutcome.Inactive => RestfulAnswers.Message(StatusCodes.Status400BadRequest, "Job cannot be cancelled: [Errno 2] job is inactive.", jobid.Text),
            _ => RestfulAnswers.Refusal(StatusCodes.Status404NotFound, "Job cannot be cancelled: [Errno 2] unknown job id.", jobid.Text),
        };
    }

    /// <summary>What a job has written so far, one entry a line, standard output and error together.</summary>
    internal static async Task<IResult> GetOutput(HttpContext context, GivenJobId jobid, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (jobid.Id is not { } id)
        {
            return RestfulAnswers.MalformedJobId;
        }

        if (await jobs.ReadOutputAsync(id, cancellationToken) is not { } output)
        {
            return RestfulAnswers.UnknownJob;
        }

        // It takes memory until the client has it.
        context.Response.RegisterForDispose(output);
        return output.Lines.Count == 0
            ? RestfulAnswers.Message(StatusCodes.Status200OK, "The output does not exist yet, or the jobid is incorrect.")
            : new JsonAnswer(writer => WriteOutput(writer, output.Lines));
    }

    private static IEnumerable<bool> WriteOutput(Utf8JsonWriter writer, IReadOnlyList<string> lines)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Output");
        foreach (var line in lines)
        {
            writer.WriteStringValue(line);
            yield return true;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
