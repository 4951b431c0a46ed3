using FluxRestful.Api.Audit.Search;
using FluxRestful.Api.Docs;
using FluxRestful.Api.Jobs.Endpoints;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Hosting;

/// <summary><c>/api/v1</c>: the routes of every noun, each from its own folder.</summary>
internal static class ApiRoutes
{
    internal static void MapApi(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").WithGroupName(DocsPage.ApiName);
        api.MapGet("/", Identify).AllowAnonymous().WithTags("server");
        api.MapJobs();
        api.MapSubmit();
        api.MapAudit();
        api.MapUsers();
        api.MapAccount();
    }

    /// <summary>Who answers here, for clients that look before they sign in.</summary>
    internal static Ok<ServerIdentity> Identify() => TypedResults.Ok(new ServerIdentity("flux-restful", ServerVersion.Text, "v1"));
}
