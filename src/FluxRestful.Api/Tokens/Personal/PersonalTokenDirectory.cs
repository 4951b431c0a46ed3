using System.Collections.Concurrent;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>
/// Finds personal tokens without asking the database at every request, as <see cref="Tenants.TenantDirectory"/> finds tenants: a row is believed for
/// two seconds, a change made by this process is seen at once.
/// </summary>
internal sealed class PersonalTokenDirectory(IDbContextFactory<FluxDb> databases, TimeProvider time)
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (PersonalToken Token, long ReadAt)> _byHash = new(StringComparer.Ordinal);
    private int _changes;

    /// <summary>Null: there is none of this hash, or its time is over.</summary>
    internal async ValueTask<PersonalToken?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var token = _byHash.TryGetValue(hash, out var known) && time.GetElapsedTime(known.ReadAt) < Freshness ? known.Token : await ReadAsync(hash, cancellationToken);
        return token?.ExpiresAt > time.GetUtcNow() ? token : null;
    }

    /// <summary>To be called after a change.</summary>
    internal void Forget()
    {
        Interlocked.Increment(ref _changes);
        _byHash.Clear();
    }

    private async ValueTask<PersonalToken?> ReadAsync(string hash, CancellationToken cancellationToken)
    {
        var (changes, now) = (Volatile.Read(ref _changes), time.GetTimestamp());
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.PersonalTokens.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash, cancellationToken) is not { } row)
        {
            _byHash.TryRemove(hash, out _);
            return null;
        }

        if (_byHash.Count >= Most)
        {
            _byHash.Clear();
        }

        var token = PersonalToken.Of(row);
        // Read before a change and remembered after it, it would come to life again.
        if (changes == Volatile.Read(ref _changes))
        {
            _byHash[hash] = (token, now);
        }

        return token;
    }
}
