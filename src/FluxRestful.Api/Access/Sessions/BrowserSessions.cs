using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Tokens;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Access.Sessions;

/// <summary>
/// The browsers that signed in with the form, for whoever wants to see or end them. Each is a row: a session that has none is over, after a restart and in
/// every replica too. No request asks the database for it: a row is believed for two seconds, a change made by this process is seen at once.
/// </summary>
internal sealed class BrowserSessions(
    IDbContextFactory<FluxDb> databases, TenantDirectory tenants, LastSeen seen, AuditLog audit, UnseenThings unseen, TokenOptions options, TimeProvider time)
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    /// <summary>Beyond these the one that was seen longest ago ends.</summary>
    internal const int MostOfTenant = 100;

    private const int Most = 10_000;

    // When it was last seen may be written a minute late, or be lost with a server that died.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (BrowserSession Row, long ReadAt)> _byKey = new(StringComparer.Ordinal);
    private int _changes;

    /// <summary>A new one.</summary>
    internal async Task<BrowserSession> BeginAsync(TenantRow tenant, string? address, string? userAgent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var row = new BrowserSession
        {
            Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            TenantId = tenant.Id,
            Stamp = tenant.Stamp,
            CreatedAt = now,
            ExpiresAt = now.AddDays(options.SessionDays),
            LastSeenAt = now,
            Address = address,
            Agent = BrowserName.Of(userAgent),
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var unused = now - SessionCookie.Life - Grace;
        await db.BrowserSessions.Where(one => one.ExpiresAt <= now || one.LastSeenAt <= unused).ExecuteDeleteAsync(cancellationToken);
        var beyond = await db.BrowserSessions.Where(one => one.TenantId == tenant.Id)
            .OrderByDescending(one => one.LastSeenAt).Skip(MostOfTenant - 1).Select(one => one.Id).ToListAsync(cancellationToken);
        await db.BrowserSessions.Where(one => beyond.Contains(one.Id)).ExecuteDeleteAsync(cancellationToken);
        db.BrowserSessions.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (beyond.Count > 0)
        {
            Forget();
        }

        return row;
    }

    /// <summary>Null: it is over.</summary>
    internal async ValueTask<BrowserSession?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var row = _byKey.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness ? known.Row : await ReadAsync(key, cancellationToken);
        return row?.ExpiresAt > time.GetUtcNow() ? row : null;
    }

    /// <summary>Those of a tenant that are good, the one seen last first. When each was last seen is true to the moment.</summary>
    internal async Task<List<BrowserSession>> ListAsync(int tenantId, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(tenantId, cancellationToken) is not { } tenant)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var unused = now - SessionCookie.Life - Grace;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.BrowserSessions.AsNoTracking()
            .Where(row => row.TenantId == tenantId && row.Stamp == tenant.Stamp && row.ExpiresAt > now && row.LastSeenAt > unused).ToListAsync(cancellationToken);
        rows.ForEach(row => row.LastSeenAt = seen.OfSession(row.Id) ?? row.LastSeenAt);
        return [.. rows.OrderByDescending(row => row.LastSeenAt).ThenByDescending(row => row.Id)];
    }

    /// <summary>At once, with its open streams within seconds. False: the tenant has no such session.</summary>
    internal async Task<bool> EndAsync(int tenantId, int id, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"session {id}");
        var isEnded = await EndAsync(tenantId, rows => rows.Where(row => row.Id == id), name, cancellationToken) > 0;
        if (!isEnded)
        {
            await unseen.NoteAsync(name, "no such session of this account", cancellationToken);
        }

        return isEnded;
    }

    /// <summary>The browser signs out.</summary>
    internal async Task EndAsync(BrowserSession session, CancellationToken cancellationToken) =>
        await EndAsync(session.TenantId, rows => rows.Where(row => row.Key == session.Key), null, cancellationToken);

    /// <param name="except">The key of one that stays; null: none does.</param>
    /// <returns>How many there were.</returns>
    internal Task<int> EndAllAsync(int tenantId, string? except, CancellationToken cancellationToken) => EndAsync(
        tenantId, rows => except is null ? rows : rows.Where(row => row.Key != except), except is null ? "all sessions" : "all other sessions", cancellationToken);

    /// <summary>To be called after a change.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _byKey.Clear();
    }

    private async Task<int> EndAsync(
        int tenantId, Func<IQueryable<BrowserSession>, IQueryable<BrowserSession>> which, string? detail, CancellationToken cancellationToken)
    {
        int ended;
        await using (var db = await databases.CreateDbContextAsync(cancellationToken))
        {
            ended = await which(db.BrowserSessions.Where(row => row.TenantId == tenantId)).ExecuteDeleteAsync(cancellationToken);
        }

        Forget();
        if (ended > 0)
        {
            var name = (await tenants.FindAsync(tenantId, cancellationToken))?.Name;
            await audit.RecordAsync(audit.Origin(), AuditAction.SignOut, name, AuditResult.Done, detail, cancellationToken);
        }

        return ended;
    }

    private async ValueTask<BrowserSession?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        var (changes, now) = (Volatile.Read(ref _changes), time.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.BrowserSessions.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellationToken) is not { } row)
        {
            _byKey.TryRemove(key, out _);
            return null;
        }

        if (_byKey.Count >= Most)
        {
            _byKey.Clear();
        }

        // Read before a change and remembered after it, it would come to life again.
        if (changes == Volatile.Read(ref _changes))
        {
            _byKey[key] = (row, now);
        }

        return row;
    }
}
