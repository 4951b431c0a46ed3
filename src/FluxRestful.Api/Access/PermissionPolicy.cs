using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authorization;

namespace FluxRestful.Api.Access;

/// <summary>What a route asks of whoever comes.</summary>
internal sealed record PermissionRequirement(Permission Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        // One's own account may be looked at with somebody's eyes, but what is sent changes it.
        var changes = context.Resource is HttpContext { Request.Method: var method } && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);
        if (Rights.Allow(context.User, requirement.Permission) && !(changes && TenantPrincipal.IsViewed(context.User)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

internal static class PermissionPolicy
{
    /// <summary>The route is for those who have this permission; everybody else signed in gets 403.</summary>
    internal static TBuilder Requires<TBuilder>(this TBuilder routes, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        routes.RequireAuthorization(policy => policy.RequireAuthenticatedUser().AddRequirements(new PermissionRequirement(permission)));
}
