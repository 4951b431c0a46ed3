using FluxRestful.Api.Access;
using FluxRestful.Api.Cluster.History;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Charts;

/// <summary>The charts alone, for a page that stays open.</summary>
internal static class HistoryRoutes
{
    internal static void MapHistory(this IEndpointRouteBuilder pages) => pages.MapGet("/ui/history", ShowPart).Requires(Permission.ClusterRead);

    internal static async Task<RazorComponentResult> ShowPart([AsParameters] HistoryAddress address, HistoryReader history, CancellationToken cancellationToken) =>
        Page.Of<HistoryPart>((nameof(HistoryPart.View), await HistoryCharts.ReadAsync(history, address, cancellationToken)));
}
