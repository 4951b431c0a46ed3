using FluxRestful.Api.Audit.Search;
using FluxRestful.Api.Cluster.Endpoints;
using FluxRestful.Api.Cluster.History;
using FluxRestful.Api.Docs;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Jobs.Output.Endpoints;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tokens.Endpoints;
using FluxRestful.Api.Usage;

namespace FluxRestful.Api.Hosting;

/// <summary><c>/api/v1</c>: the routes of every noun, each from its own folder.</summary>
internal static class ApiRoutes
{
    internal static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithGroupName(DocsPage.ApiName);
        api.MapCluster();
        api.MapHistory();
        api.MapUsage();
        api.MapJobOutput();
        api.MapJobs();
        api.MapSubmit();
        api.MapAudit();
        api.MapUsers();
        api.MapAccount();
        api.MapTokens();
    }
}
