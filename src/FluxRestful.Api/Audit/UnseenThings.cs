using System.Threading.RateLimiting;

namespace FluxRestful.Api.Audit;

/// <summary>
/// Has it written down who asked for a job, a token, a session or an account that is not there for him, somebody else's or none at all: the same work for both, so
/// that time tells him nothing.
/// </summary>
internal sealed class UnseenThings(AuditLog audit) : IDisposable
{
    /// <summary>Of one actor in a minute: a program that watches a job which is gone asks all day.</summary>
    internal const int Most = 10;

    private readonly PartitionedRateLimiter<string> _notes = PartitionedRateLimiter.Create<string, string>(actor => RateLimitPartition.GetFixedWindowLimiter(
        actor, _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = TimeSpan.FromMinutes(1) }));

    /// <param name="target">What he asked for.</param>
    /// <param name="detail">Why he did not get it.</param>
    /// <param name="cancellationToken">Ends the waiting for the audit.</param>
    internal async ValueTask NoteAsync(string target, string detail, CancellationToken cancellationToken)
    {
        var origin = audit.Origin();
        if (_notes.AttemptAcquire(origin.Actor).IsAcquired)
        {
            await audit.RecordAsync(origin, AuditAction.AccessDenied, target, AuditResult.Refused, detail, cancellationToken);
        }
    }

    public void Dispose() => _notes.Dispose();
}
