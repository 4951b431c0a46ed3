using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What happens to jobs, as streams.</summary>
internal static class FollowJobs
{
    /// <summary>What happens to all jobs that one may see, as it happens.</summary>
    /// <remarks>
    /// Server-sent events, or lines of JSON for `Accept: application/x-ndjson`. `ready` comes first and says from where on the stream is whole; each event of a
    /// job is a `job`; `reset` says that something may have been missed: read the list anew. Who comes back with the last id goes on after it.
    /// </remarks>
    /// <param name="lastEventId">The id of the last event that is known.</param>
    /// <param name="given">The same, for those who cannot send the header.</param>
    /// <param name="scope">`mine`, or `all` (which it is unless said) for those who see everybody's jobs.</param>
    internal static async Task<IResult> All(
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId, [FromQuery(Name = "lastEventId")] string? given, string? scope,
        HttpRequest request, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (scope is not (null or "mine" or "all"))
        {
            return ProblemResult.Invalid("scope", "This is mine or all.");
        }

        if (FormOf(request) is not { } isLines)
        {
            return NotAcceptable;
        }

        var after = After(lastEventId ?? given);
        return new JobEventStream(await jobs.FollowAsync(after, scope == "mine", cancellationToken), isLines, after is null, after?.Sequence ?? 0, null);
    }

    /// <summary>What happens to one job, as it happens, until it is over.</summary>
    /// <remarks>As `/events`. `ready` tells the state in which the job is.</remarks>
    /// <param name="id">The job's id in any encoding.</param>
    /// <param name="lastEventId">The id of the last event that is known.</param>
    /// <param name="given">The same, for those who cannot send the header.</param>
    internal static async Task<IResult> One(
        JobId id, [FromHeader(Name = "Last-Event-ID")] string? lastEventId, [FromQuery(Name = "lastEventId")] string? given,
        HttpRequest request, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (FormOf(request) is not { } isLines)
        {
            return NotAcceptable;
        }

        var after = After(lastEventId ?? given);
        return await jobs.FollowAsync(id, after, cancellationToken) is { } follower
            ? new JobEventStream(follower, isLines, after is null, after?.Sequence ?? 0, () => jobs.Peek(id))
            : JobProblems.Unknown;
    }

    private static ProblemResult NotAcceptable => new(ProblemType.NotAcceptable, $"This can be had as {JobEventStream.Sse} or as {JobEventStream.Lines}.");

    private static JobEventId? After(string? lastEventId) => string.IsNullOrEmpty(lastEventId) ? null : JobEventId.Parse(lastEventId);

    // Whether it is to be lines; null for neither.
    private static bool? FormOf(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Any(Accepts(JobEventStream.Lines)) && !accepted.Any(type => type.MediaType == JobEventStream.Sse || type.MatchesAllTypes) ? true
            : accepted.Count == 0 || accepted.Any(Accepts(JobEventStream.Sse)) ? false
            : null;
    }

    private static Func<MediaTypeHeaderValue, bool> Accepts(string type) => new MediaTypeHeaderValue(type).IsSubsetOf;
}
