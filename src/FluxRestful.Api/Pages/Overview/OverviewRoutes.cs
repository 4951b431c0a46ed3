using FluxRestful.Api.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Overview;

internal static class OverviewRoutes
{
    internal static void MapOverview(this IEndpointRouteBuilder pages) => pages.MapGet("/", Show).Requires(Permission.JobsRead);

    internal static RazorComponentResult Show() => Page.Of<OverviewPage>();
}
