using System.Collections.Concurrent;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Idempotency;

/// <summary>
/// What was answered to which key. A row is on the disk before the request is done, and gets the answer afterwards; one without an answer that nobody
/// here is working on was cut off by the end of the server, or by a failure that leaves open what was done.
/// </summary>
internal sealed class IdempotencyKeys(IDbContextFactory<FluxDb> databases, AnswerSeal seal, IOptions<IdempotencyOptions> options, TimeProvider time)
{
    // What the broker was sent before a link was lost shows in the journal of the next link within this time.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<KeyScope, UnderWay> _underWay = new();
    private readonly ConcurrentDictionary<int, int> _counts = new();

    /// <summary>Takes the key for this request, or says why it cannot have it.</summary>
    internal async Task<KeyClaim> ClaimAsync(KeyScope scope, string fingerprint, CancellationToken cancellationToken)
    {
        var mine = new UnderWay(fingerprint, InterruptedAt: null);
        if (_underWay.GetOrAdd(scope, mine) is var other && !ReferenceEquals(other, mine))
        {
            if (other.Fingerprint != fingerprint)
            {
                return KeyClaim.Differs;
            }

            var settled = other.InterruptedAt is { } at && time.GetElapsedTime(at) >= Settling;
            if (!settled || !_underWay.TryUpdate(scope, mine, other))
            {
                return KeyClaim.InFlight;
            }
        }

        var claim = KeyClaim.InFlight;
        try
        {
            return claim = await ClaimRowAsync(scope, fingerprint, cancellationToken);
        }
        finally
        {
            if (claim.Kind != KeyClaim.Kinds.Granted)
            {
                _underWay.TryRemove(new(scope, mine));
            }
        }
    }

    /// <summary>The request made something: whoever comes with the key again gets this answer.</summary>
    internal async Task CompleteAsync(KeyScope scope, KeyAnswer answer, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var body = seal.Close(scope, answer.Body);
        await Row(db, scope).ExecuteUpdateAsync(
            row => row.SetProperty(key => key.Status, answer.Status).SetProperty(key => key.Location, answer.Location)
                .SetProperty(key => key.ContentType, answer.ContentType).SetProperty(key => key.Body, body),
            cancellationToken);
        _underWay.TryRemove(scope, out _);
    }

    /// <summary>The request made nothing: the key is as good as new.</summary>
    internal async Task ReleaseAsync(KeyScope scope, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await Row(db, scope).ExecuteDeleteAsync(cancellationToken);
        _counts.AddOrUpdate(scope.TenantId, 0, (_, count) => Math.Max(count - 1, 0));
        _underWay.TryRemove(scope, out _);
    }

    /// <summary>Nobody knows whether the request made something: the next one with the key looks.</summary>
    internal void Interrupt(KeyScope scope)
    {
        if (_underWay.TryGetValue(scope, out var mine))
        {
            _underWay.TryUpdate(scope, mine with { InterruptedAt = time.GetTimestamp() }, mine);
        }
    }

    /// <summary>Some of the request is done and the rest for certain not: the next one with the key may come at once, to do the rest.</summary>
    internal Task ReopenAsync(KeyScope scope, CancellationToken cancellationToken)
    {
        _underWay.TryRemove(scope, out _);
        return Task.CompletedTask;
    }

    /// <summary>Forgets what is older than a key is kept.</summary>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Value.Kept;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var swept = await db.IdempotencyKeys.Where(key => key.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        foreach (var stale in _underWay.Where(one => one.Value.InterruptedAt is { } at && time.GetElapsedTime(at) >= options.Value.Kept))
        {
            _underWay.TryRemove(stale);
        }

        _counts.Clear();
        return swept;
    }

    private async Task<KeyClaim> ClaimRowAsync(KeyScope scope, string fingerprint, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await Row(db, scope).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (row is not null && row.CreatedAt < time.GetUtcNow() - options.Value.Kept)
        {
            await Row(db, scope).ExecuteDeleteAsync(cancellationToken);
            row = null;
        }

        if (row is not null)
        {
            return row.Fingerprint != fingerprint ? KeyClaim.Differs
                : row.Status is { } status && seal.TryOpen(scope, row.Body ?? [], out var body) ? KeyClaim.Answered(new(status, row.Location, row.ContentType, body))
                : KeyClaim.Granted(Guid.ParseExact(row.Attempt, "N"), isRepeated: true);
        }

        if (!_counts.TryGetValue(scope.TenantId, out var count))
        {
            count = await db.IdempotencyKeys.CountAsync(key => key.TenantId == scope.TenantId, cancellationToken);
        }

        if (count >= options.Value.MostOfTenant)
        {
            return KeyClaim.TooMany;
        }

        var attempt = Guid.NewGuid();
        db.IdempotencyKeys.Add(new IdempotencyKey
        {
            TenantId = scope.TenantId,
            Route = scope.Route,
            Key = scope.Key,
            Fingerprint = fingerprint,
            Attempt = attempt.ToString("N"),
            CreatedAt = time.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        _counts.AddOrUpdate(scope.TenantId, count + 1, (_, known) => known + 1);
        return KeyClaim.Granted(attempt, isRepeated: false);
    }

    private static IQueryable<IdempotencyKey> Row(FluxDb db, KeyScope scope) =>
        db.IdempotencyKeys.Where(key => key.TenantId == scope.TenantId && key.Route == scope.Route && key.Key == scope.Key);

    /// <param name="Fingerprint">Of the request that has the key.</param>
    /// <param name="InterruptedAt">When it ended without anybody knowing how; null while it is being done.</param>
    private sealed record UnderWay(string Fingerprint, long? InterruptedAt);
}
