using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Cluster.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Cluster.History;

/// <summary><c>/api/v1/cluster/history</c>.</summary>
internal static class HistoryEndpoints
{
    internal static readonly string Known = string.Join(", ", HistoryRange.All.Select(range => range.Name));

    internal static void MapHistory(this RouteGroupBuilder api) =>
        api.MapGet("/cluster/history", GetHistory).Requires(Permission.ClusterRead).Answers(ProblemType.InvalidRequest).WithTags("cluster");

    /// <summary>What the instance had and did: cores, GPUs, nodes and jobs by time, how jobs ended, how long they had waited.</summary>
    /// <remarks>The server notes the instance's use each minute, and keeps a day of minutes and thirty days of quarters of an hour. Jobs count also after Flux has purged them. It answers also while Flux is away.</remarks>
    /// <param name="range">How far back: <c>1h</c>, <c>24h</c>, <c>7d</c> or <c>30d</c>; <c>24h</c> if nothing is said.</param>
    internal static async Task<Results<Ok<ClusterHistory>, ProblemResult>> GetHistory(HistoryReader history, CancellationToken cancellationToken, string? range = null) =>
        HistoryRange.Find(range) is { } known
            ? TypedResults.Ok(await history.ReadAsync(known, cancellationToken))
            : ProblemResult.Invalid("range", $"One of {Known}.");
}
