using FluxRestful.Api.Access;
using FluxRestful.Api.Cluster;
using FluxRestful.Api.Cluster.History;
using FluxRestful.Api.Pages.Charts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Cluster;

/// <summary>Nodes and queues.</summary>
internal static class ClusterPageRoutes
{
    internal static void MapClusterPage(this IEndpointRouteBuilder pages)
    {
        var reads = pages.MapGroup("").Requires(Permission.ClusterRead);
        reads.MapGet("/cluster", Show);
        reads.MapGet("/ui/cluster", ShowPart);
    }

    internal static async Task<RazorComponentResult> Show(
        string? range, string? of, ClusterReader cluster, InstanceReader instance, HistoryReader history, CancellationToken cancellationToken) =>
        Page.Of<ClusterPage>(
            (nameof(ClusterPage.View), await ReadAsync(cluster, instance, cancellationToken)),
            (nameof(ClusterPage.History), await HistoryCharts.ReadAsync(history, HistoryPlace.Cluster, range, of, cancellationToken)));

    internal static async Task<RazorComponentResult> ShowPart(ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken) =>
        Page.Of<ClusterPart>((nameof(ClusterPart.View), await ReadAsync(cluster, instance, cancellationToken)));

    private static async Task<ClusterPageView> ReadAsync(ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken)
    {
        var view = await cluster.ReadAsync(cancellationToken);
        return new ClusterPageView(await instance.ReadAsync(cancellationToken), view.Resources, view.Nodes, view.Queues);
    }
}
