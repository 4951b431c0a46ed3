using System.Threading.RateLimiting;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Network;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Access;

/// <summary>
/// Has it written down who was not let in: whoever is signed in and came where he may not, and tokens that are not good. A bad password is noted where it is tried.
/// </summary>
internal sealed class RefusalNotes(AuditLog audit) : IDisposable
{
    /// <summary>Of one address in a minute: a client with an old token asks all day.</summary>
    internal const int MostTokens = 10;

    private readonly PartitionedRateLimiter<HttpContext> _tokens = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetFixedWindowLimiter(
            AddressGroup.Of(context.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = MostTokens, Window = TimeSpan.FromMinutes(1) }));

    internal async Task TakeAsync(HttpContext context, Refusal refusal, bool isForbidden)
    {
        if (isForbidden)
        {
            // The pattern and not the path: what is in a path was written by whoever came. Of that only what could be the name of an account, or is like one.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
            var whose = context.Request.RouteValues["name"] is string name && TenantName.Problem(name) is null ? $"name={name}" : null;
            await audit.RecordAsync(audit.Origin(), AuditAction.AccessDenied, $"{context.Request.Method} {route}", AuditResult.Refused, whose, CancellationToken.None);
        }
        else if (refusal == Refusal.BadToken && _tokens.AttemptAcquire(context).IsAcquired)
        {
            await audit.RecordAsync(audit.Origin(), AuditAction.SignIn, null, AuditResult.Refused, "token", CancellationToken.None);
        }
    }

    public void Dispose() => _tokens.Dispose();
}
