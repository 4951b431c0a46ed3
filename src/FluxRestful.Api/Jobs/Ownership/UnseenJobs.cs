using System.Threading.RateLimiting;
using FluxRestful.Api.Audit;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// Has it written down who asked for a job that is not there for him, somebody else's or none at all: the same work for both, so that time tells him nothing.
/// </summary>
internal sealed class UnseenJobs(AuditLog audit) : IDisposable
{
    /// <summary>Of one tenant in a minute: a program that watches a job which is gone asks all day.</summary>
    internal const int Most = 10;

    private readonly PartitionedRateLimiter<int> _notes = PartitionedRateLimiter.Create<int, int>(tenant => RateLimitPartition.GetFixedWindowLimiter(
        tenant, _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = TimeSpan.FromMinutes(1) }));

    internal async ValueTask NoteAsync(int tenantId, JobId id, bool isThere, CancellationToken cancellationToken)
    {
        if (_notes.AttemptAcquire(tenantId).IsAcquired)
        {
            await audit.RecordAsync(
                audit.Origin(), AuditAction.AccessDenied, id.ToString(), AuditResult.Refused, isThere ? "somebody else's job" : "no such job", cancellationToken);
        }
    }

    public void Dispose() => _notes.Dispose();
}
