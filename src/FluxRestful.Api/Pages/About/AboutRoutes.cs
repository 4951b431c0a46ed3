using FluxRestful.Api.Access;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Cluster;
using FluxRestful.Contracts.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.About;

/// <summary>What this is, which version of it, and whose work is in it.</summary>
internal static class AboutRoutes
{
    internal static void MapAbout(this IEndpointRouteBuilder pages) => pages.MapGroup("").Requires(Permission.ClusterRead).MapGet("/about", Show);

    internal static async Task<RazorComponentResult> Show(InstanceReader instance, CancellationToken cancellationToken)
    {
        InstanceInfo? flux = null;
        try
        {
            flux = await instance.RecallAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException && BrokerProblem.Of(failure) is not null)
        {
            // The page says that Flux does not tell.
        }

        return Page.Of<AboutPage>((nameof(AboutPage.Flux), flux));
    }
}
