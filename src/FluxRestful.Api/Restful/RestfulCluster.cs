using FluxRestful.Api.Access;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Restful.Answers;
using FluxRestful.Api.Restful.Documents;

namespace FluxRestful.Api.Restful;

/// <summary>The routes of flux-restful-api that are about the instance.</summary>
internal static class RestfulCluster
{
    internal static void MapRestfulCluster(this IEndpointRouteBuilder app)
    {
        var cluster = app.MapGroup("/v1").WithTags("cluster");
        cluster.MapGet("/nodes", ListNodes).Requires(Permission.ClusterRead).WithMetadata(RestfulDocs.Nodes);
        cluster.MapPost("/service/stop", Stop).Requires(Permission.ServiceStop).WithMetadata(RestfulDocs.Stop);
    }

    /// <summary>The hosts that are up, each once, whatever the number of its brokers.</summary>
    internal static async Task<IResult> ListNodes(ClusterShape cluster, CancellationToken cancellationToken) =>
        RestfulAnswers.Nodes([.. (await cluster.ListNodesUpAsync(cancellationToken)).Distinct()]);

    /// <summary>Shuts the Flux instance down: running jobs are cancelled. For superusers.</summary>
    internal static async Task<IResult> Stop(ClusterControl control, CancellationToken cancellationToken)
    {
        await control.StopAsync(cancellationToken);

        // Written without the help of any service: this server may be ending with the instance.
        return new JsonAnswer(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("Message", "The Flux instance is shutting down.");
            writer.WriteEndObject();
            return [];
        });
    }
}
