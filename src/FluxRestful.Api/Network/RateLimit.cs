using System.Globalization;
using System.Threading.RateLimiting;
using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using Microsoft.AspNetCore.RateLimiting;

namespace FluxRestful.Api.Network;

/// <summary>One limit, with the name that whoever meets it is told.</summary>
internal sealed record RateLimit(string Name, int PerSecond, PartitionedRateLimiter<HttpContext> Limiter)
{
    internal void Use(IApplicationBuilder app) => app.UseRateLimiter(new RateLimiterOptions
    {
        GlobalLimiter = Limiter,
        OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected)),
    });

    private Task RefuseAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : TimeSpan.Zero;
        var detail = string.Create(CultureInfo.InvariantCulture, $"Too many requests: {Name} is {PerSecond} a second, try again later");
        return Refusals.WriteAsync(
            rejected.HttpContext, new Refusal(429, ProblemType.TooManyRequests, detail, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))));
    }
}
