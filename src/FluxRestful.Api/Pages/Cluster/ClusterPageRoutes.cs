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
        [AsParameters] HistoryAddress address, ClusterReader cluster, InstanceReader instance, HistoryReader history, CancellationToken cancellationToken) =>
        Page.Of<ClusterPage>(
            (nameof(ClusterPage.View), await ReadAsync(address, cluster, instance, cancellationToken)),
            (nameof(ClusterPage.History), await HistoryCharts.ReadAsync(history, address with { Place = HistoryAddress.Cluster }, cancellationToken)));

    internal static async Task<RazorComponentResult> ShowPart([AsParameters] HistoryAddress address, ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken) =>
        Page.Of<ClusterPart>((nameof(ClusterPart.View), await ReadAsync(address, cluster, instance, cancellationToken)));

    private static async Task<ClusterPageView> ReadAsync(HistoryAddress address, ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken)
    {
        var (view, since) = await cluster.RecallAsync(cancellationToken);
        return new ClusterPageView(
            address with { Place = HistoryAddress.Cluster }, await instance.RecallAsync(cancellationToken), view.Resources, view.Nodes, view.Queues, since);
    }
}
