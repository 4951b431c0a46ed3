using System.Collections.Concurrent;
using System.Linq.Expressions;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tenants;

/// <summary>
/// Finds tenants without asking the database at every request. A row is believed for two seconds: so long may a change made by another
/// process (an admin verb) take to be seen; a change made by this one is seen at once.
/// </summary>
internal sealed class TenantDirectory(IDbContextFactory<FluxDb> databases, TimeProvider time)
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<int, (TenantRow Row, long ReadAt)> _byId = new();
    private readonly ConcurrentDictionary<string, (TenantRow Row, long ReadAt)> _byName = new(StringComparer.Ordinal);

    // Names that nobody has: otherwise the question to the database would tell them from the others, by the time it takes.
    private readonly ConcurrentDictionary<string, long> _nobodys = new(StringComparer.Ordinal);
    private int _changes;

    internal ValueTask<TenantRow?> FindAsync(int id, CancellationToken cancellationToken) =>
        _byId.TryGetValue(id, out var known) && IsFresh(known.ReadAt) ? new(known.Row) : ReadAsync(row => row.Id == id, null, cancellationToken);

    internal ValueTask<TenantRow?> FindAsync(string name, CancellationToken cancellationToken) =>
        _byName.TryGetValue(name, out var known) && IsFresh(known.ReadAt) ? new(known.Row)
        : _nobodys.TryGetValue(name, out var readAt) && IsFresh(readAt) ? new((TenantRow?)null)
        : ReadAsync(row => row.Name == name, name, cancellationToken);

    /// <summary>To be called after a change.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _byId.Clear();
        _byName.Clear();
        _nobodys.Clear();
    }

    private bool IsFresh(long readAt) => time.GetElapsedTime(readAt) < Freshness;

    private async ValueTask<TenantRow?> ReadAsync(Expression<Func<Tenant, bool>> which, string? name, CancellationToken cancellationToken)
    {
        // The moment before the reading: a row must not look newer than it is.
        var (changes, now) = (Volatile.Read(ref _changes), time.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Tenants.AsNoTracking().SingleOrDefaultAsync(which, cancellationToken) is not { } tenant)
        {
            if (name is { Length: <= TenantName.Longest } && changes == Volatile.Read(ref _changes))
            {
                if (_nobodys.Count >= Most)
                {
                    _nobodys.Clear();
                }

                _nobodys[name] = now;
            }

            return null;
        }

        var row = TenantRow.Of(tenant);
        if (_byId.Count >= Most)
        {
            Forget();
        }
        else if (changes == Volatile.Read(ref _changes))
        {
            // Read before a change and remembered after it, what was changed would come to life again.
            _byId[row.Id] = (row, now);
            _byName[row.Name] = (row, now);
        }

        return row;
    }
}
