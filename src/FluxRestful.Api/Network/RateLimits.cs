using System.Threading.RateLimiting;
using FluxRestful.Api.Tenants;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>
/// Bounds how many requests come from one address, before anything is done for them, and from one tenant. What is counted is the beginning of a request:
/// a stream that stays open is one.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    // So many buckets and no more, whoever comes from wherever. Two addresses share one by an accident that nobody can aim at: texts are hashed under a key.
    private const int AddressBuckets = 16_384;

    private const int PartsOfSecond = 10;

    public RateLimits(IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        OfAddresses = new("requests-per-address", limits.AddressPerSecond, Limit(
            limits.AddressPerSecond, limits.AddressBurst, context => (uint)AddressGroup.Of(context.Connection.RemoteIpAddress).GetHashCode() % AddressBuckets));
        OfTenants = new("requests-per-tenant", limits.TenantPerSecond, Limit(limits.TenantPerSecond, limits.TenantBurst, TenantOf));
    }

    internal RateLimit OfAddresses { get; }

    internal RateLimit OfTenants { get; }

    public void Dispose()
    {
        OfAddresses.Limiter.Dispose();
        OfTenants.Limiter.Dispose();
    }

    // Whoever has not signed in is bounded by the address alone.
    private static long? TenantOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<CurrentTenant>() is var tenant && tenant.FindName() is not null ? tenant.Id : null;

    private static PartitionedRateLimiter<HttpContext> Limit(int perSecond, int burst, Func<HttpContext, long?> who)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, perSecond / PartsOfSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1.0 / Math.Clamp(perSecond, 1, PartsOfSecond)),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<HttpContext, long>(context => perSecond > 0 && who(context) is { } key
            ? RateLimitPartition.GetTokenBucketLimiter(key, _ => bucket)
            : RateLimitPartition.GetNoLimiter(-1L));
    }
}
