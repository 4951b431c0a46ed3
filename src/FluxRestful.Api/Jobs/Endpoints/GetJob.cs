using System.Globalization;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary><c>GET /api/v1/jobs/{id}</c>.</summary>
internal static class GetJob
{
    private const string AskAgainAfter = "5";

    /// <summary>One job.</summary>
    /// <remarks>While it is not over there is a `Retry-After`. The `ETag` changes when the job does: strong once it is over, weak before, for then the durations go on.</remarks>
    /// <param name="id">The job's id in any encoding.</param>
    internal static async Task<Results<Ok<Job>, StatusCodeHttpResult, ProblemResult>> Handle(
        JobId id, HttpContext context, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await jobs.FindEntryAsync(id, cancellationToken) is not { } entry)
        {
            return JobProblems.Unknown;
        }

        var headers = context.Response.GetTypedHeaders();
        var tag = TagOf(jobs.Epoch, entry);
        headers.ETag = tag;
        if (entry.Record.State != JobState.Inactive)
        {
            context.Response.Headers.RetryAfter = AskAgainAfter;
        }

        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(JobView.Of(entry, JobFields.All, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0));
    }

    private static EntityTagHeaderValue TagOf(string epoch, JobEntry entry) => new(
        string.Create(CultureInfo.InvariantCulture, $"\"{epoch}-{entry.Record.Id}-{entry.Version}\""), isWeak: entry.Record.State != JobState.Inactive);
}
