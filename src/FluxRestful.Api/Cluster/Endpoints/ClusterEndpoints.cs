using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Cluster.Endpoints;

/// <summary><c>/api/v1</c>: the instance, its nodes and its queues.</summary>
internal static class ClusterEndpoints
{
    internal static void MapCluster(this RouteGroupBuilder api)
    {
        api.MapGet("/health", GetHealth).AllowAnonymous().WithTags("cluster");

        var cluster = api.MapGroup("").WithTags("cluster").Answers(ProblemType.BrokerUnavailable, ProblemType.BrokerTimeout, ProblemType.BrokerError);
        cluster.MapGet("/", GetInstance).Requires(Permission.ClusterRead).Answers(ProblemType.NotFound);
        cluster.MapGet("/resources", GetResources).Requires(Permission.ClusterRead);
        cluster.MapPost("/service/stop", StopService).Requires(Permission.ServiceStop).Produces(StatusCodes.Status202Accepted);

        cluster.MapNodes();
        cluster.MapQueues();
    }

    /// <summary>Whether the server is up. It does not ask Flux.</summary>
    internal static Ok<ServerHealth> GetHealth() => TypedResults.Ok(new ServerHealth("ok"));

    /// <summary>Which server this is, and which Flux instance it stands in front of.</summary>
    internal static async Task<Ok<InstanceInfo>> GetInstance(InstanceReader instance, CancellationToken cancellationToken) =>
        TypedResults.Ok(await instance.ReadAsync(cancellationToken));

    /// <summary>How much there is, and how much of it is free.</summary>
    internal static async Task<Ok<Contracts.Cluster.Resources>> GetResources(ClusterReader cluster, CancellationToken cancellationToken) =>
        TypedResults.Ok((await cluster.ReadAsync(cancellationToken)).Resources);

    /// <summary>Shuts the Flux instance down: running jobs are cancelled, pending ones stay. Answered before it is done.</summary>
    internal static async Task StopService(ClusterControl control, HttpContext context, CancellationToken cancellationToken)
    {
        await control.StopAsync(cancellationToken);

        // Not a result: those ask for services, and this server may be ending with the instance.
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
