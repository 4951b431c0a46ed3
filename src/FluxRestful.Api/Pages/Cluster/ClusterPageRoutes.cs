using System.Globalization;
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
        string? range, string? of, string? nodes, string? groups, ClusterReader cluster, InstanceReader instance, HistoryReader history, CancellationToken cancellationToken) =>
        Page.Of<ClusterPage>(
            (nameof(ClusterPage.View), await ReadAsync(nodes, groups, cluster, instance, cancellationToken)),
            (nameof(ClusterPage.History), await HistoryCharts.ReadAsync(history, HistoryPlace.Cluster, range, of, cancellationToken)));

    internal static async Task<RazorComponentResult> ShowPart(string? nodes, string? groups, ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken) =>
        Page.Of<ClusterPart>((nameof(ClusterPart.View), await ReadAsync(nodes, groups, cluster, instance, cancellationToken)));

    private static async Task<ClusterPageView> ReadAsync(string? nodes, string? groups, ClusterReader cluster, InstanceReader instance, CancellationToken cancellationToken)
    {
        var first = int.TryParse(nodes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var (view, since) = await cluster.RecallAsync(cancellationToken);
        return new ClusterPageView(await instance.RecallAsync(cancellationToken), view.Resources, view.Nodes, view.Queues, since, first,
            groups is NodeGroup.ByHost or NodeGroup.ByProperty ? groups : null);
    }
}
