using System.Collections.Concurrent;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Notes;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>When a token was last used.</summary>
internal sealed class PersonalTokenUses(IDbContextFactory<FluxDb> databases, TimeProvider time, ILogger<PersonalTokenUses> logger) : NoteWriter(time, logger)
{
    private readonly ConcurrentDictionary<int, DateTimeOffset> _unwritten = new();

    internal void Note(int tokenId) => _unwritten[tokenId] = Now;

    /// <summary>Later than the database knows; null: no use since it was written.</summary>
    internal DateTimeOffset? Last(int tokenId) => _unwritten.TryGetValue(tokenId, out var at) ? at : null;

    protected override async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var use in _unwritten.ToArray())
        {
            await db.PersonalTokens.Where(row => row.Id == use.Key)
                .ExecuteUpdateAsync(row => row.SetProperty(token => token.LastUsedAt, use.Value), cancellationToken);
            // Used again meanwhile: that stays to be written.
            _unwritten.TryRemove(use);
        }
    }
}
