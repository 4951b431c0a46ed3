using Microsoft.AspNetCore.Authorization;

namespace FluxRestful.Api.Hosting;

/// <summary>Who may come in. Every route that says nothing else is for signed-in tenants.</summary>
internal static class Policies
{
    internal static void Add(AuthorizationOptions options) =>
        options.FallbackPolicy = options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
}
