using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Usage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Usage;

/// <summary><c>/api/v1/usage</c>.</summary>
internal static class UsageRoutes
{
    internal static void MapUsage(this RouteGroupBuilder api) => api.MapGet("/usage", GetUsage)
        .Requires(Permission.JobsRead).Answers(ProblemType.InvalidRequest, ProblemType.BrokerUnavailable).WithTags("usage");

    /// <summary>What tenants have used: core-hours, GPU-hours, jobs and how they ended; whoever may not see others' jobs sees itself.</summary>
    /// <remarks>Jobs count whether Flux knows them or has purged them, as long as records of ended jobs are kept (`PastJobs:Days`, 90 days unless set).</remarks>
    /// <param name="range">How far back: <c>24h</c>, <c>7d</c>, <c>30d</c>, <c>90d</c> or <c>all</c>; <c>7d</c> if nothing is said.</param>
    internal static async Task<Results<Ok<UsageReport>, ProblemResult>> GetUsage(UsageReader usage, CancellationToken cancellationToken, string range = UsageReader.Usual) =>
        UsageReader.IsKnown(range)
            ? TypedResults.Ok(await usage.ReadAsync(range, cancellationToken))
            : ProblemResult.Invalid("range", $"One of {string.Join(", ", UsageReader.Ranges.Select(one => one.Name))}.");
}
