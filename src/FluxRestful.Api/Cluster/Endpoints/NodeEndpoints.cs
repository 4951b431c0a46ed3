using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Cluster.Endpoints;

/// <summary><c>/api/v1/nodes</c>.</summary>
internal static class NodeEndpoints
{
    internal static void MapNodes(this RouteGroupBuilder cluster)
    {
        var nodes = cluster.MapGroup("/nodes");
        nodes.MapGet("", ListNodes).Requires(Permission.ClusterRead);
        nodes.MapGet("/{rank:int}", GetNode).Requires(Permission.ClusterRead).Answers(ProblemType.NotFound);
        nodes.MapPost("/drain", Drain).Requires(Permission.ClusterControl).Answers(ProblemType.InvalidRequest, ProblemType.Refused, ProblemType.Conflict);
        nodes.MapPost("/undrain", Undrain).Requires(Permission.ClusterControl).Answers(ProblemType.InvalidRequest, ProblemType.Refused, ProblemType.Conflict);
    }

    /// <summary>The nodes by rank: what each has, what of it is free, and which are drained, and why.</summary>
    internal static async Task<Ok<NodeList>> ListNodes(ClusterReader cluster, CancellationToken cancellationToken) =>
        TypedResults.Ok(new NodeList((await cluster.ReadAsync(cancellationToken)).Nodes));

    /// <summary>One node.</summary>
    /// <param name="rank">The broker's rank.</param>
    internal static async Task<Results<Ok<Node>, ProblemResult>> GetNode(int rank, ClusterReader cluster, CancellationToken cancellationToken) =>
        (await cluster.ReadAsync(cancellationToken)).Nodes.FirstOrDefault(node => node.Rank == rank) is { } node
            ? TypedResults.Ok(node)
            : new ProblemResult(ProblemType.NotFound, $"There is no node of rank {rank}.");

    /// <summary>Gives nodes no more jobs. Those that run there stay.</summary>
    internal static async Task<Results<NoContent, ProblemResult>> Drain(DrainNodes drain, ClusterControl control, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(drain.Targets))
        {
            return ProblemResult.Invalid("targets", "An idset of ranks or a hostlist is needed.");
        }

        if (drain.Reason is { Length: > 1024 })
        {
            return ProblemResult.Invalid("reason", "At most 1,024 characters.");
        }

        await control.DrainAsync(drain.Targets, drain.Reason, drain.Overwrite, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Gives nodes jobs again.</summary>
    internal static async Task<Results<NoContent, ProblemResult>> Undrain(UndrainNodes undrain, ClusterControl control, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(undrain.Targets))
        {
            return ProblemResult.Invalid("targets", "An idset of ranks or a hostlist is needed.");
        }

        await control.UndrainAsync(undrain.Targets, cancellationToken);
        return TypedResults.NoContent();
    }
}
