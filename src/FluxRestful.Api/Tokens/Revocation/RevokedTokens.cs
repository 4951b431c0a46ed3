using System.Collections.Concurrent;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Revocation;

/// <summary>
/// What ended before its time: in the database, so that it stays ended, and in memory, so that no request asks the database. What another
/// process revokes is read within two seconds. Nothing is kept longer than it would have been good.
/// </summary>
internal sealed class RevokedTokens(IDbContextFactory<FluxDb> databases, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    /// <summary>Whoever has revoked so many that are not over yet is signed out everywhere by the next, and begins anew.</summary>
    internal const int MostOfTenant = 1000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile bool _isRead;
    private long _readAt;
    private int _lastId;

    internal async ValueTask<bool> ContainsAnyAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        if (!_isRead || time.GetElapsedTime(Interlocked.Read(ref _readAt)) >= Freshness)
        {
            await ReadAsync(cancellationToken);
        }

        foreach (var key in keys)
        {
            if (_until.TryGetValue(key, out var until) && until > time.GetUtcNow())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False: the tenant has too many; they must be ended in another way.</summary>
    internal async Task<bool> RevokeAsync(string key, int tenantId, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (await ContainsAnyAsync([key], cancellationToken))
        {
            return true;
        }

        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.RevokedTokens.Where(row => row.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        if (await db.RevokedTokens.CountAsync(row => row.TenantId == tenantId, cancellationToken) >= MostOfTenant)
        {
            return false;
        }

        db.RevokedTokens.Add(new RevokedToken { Key = key, TenantId = tenantId, ExpiresAt = expiresAt });
        await db.SaveChangesAsync(cancellationToken);
        _until[key] = expiresAt;
        return true;
    }

    public void Dispose() => _reading.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // One reads for all; the others go by what is known, unless that is nothing.
        if (!await _reading.WaitAsync(_isRead ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, cancellationToken))
        {
            return;
        }

        try
        {
            var now = time.GetUtcNow();
            var at = time.GetTimestamp();
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            foreach (var row in await db.RevokedTokens.AsNoTracking()
                .Where(row => row.Id > _lastId && row.ExpiresAt > now).OrderBy(row => row.Id).ToListAsync(cancellationToken))
            {
                _until[row.Key] = row.ExpiresAt;
                _lastId = row.Id;
            }

            foreach (var over in _until.Where(entry => entry.Value <= now))
            {
                _until.TryRemove(over);
            }

            Interlocked.Exchange(ref _readAt, at);
            _isRead = true;
        }
        finally
        {
            _reading.Release();
        }
    }
}
