using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FluxRestful.Api.Health;

internal static class HealthEndpoint
{
    internal static void MapHealth(this IEndpointRouteBuilder app) =>
        app.MapGet("/health", Health).AllowAnonymous().DisableRateLimiting().WithTags("health");

    /// <summary>Whether the server can do its work. It answers even while the broker is away, and tells nothing more.</summary>
    internal static async Task<Ok<HealthAnswer>> Health(HealthCheckService checks, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return TypedResults.Ok(new HealthAnswer(report.Status == HealthStatus.Healthy ? "ok" : "degraded"));
    }
}
