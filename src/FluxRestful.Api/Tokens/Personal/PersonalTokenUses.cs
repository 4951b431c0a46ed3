using System.Collections.Concurrent;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>When a token was last used: noted in memory, written once a minute and at the end.</summary>
internal sealed partial class PersonalTokenUses(IDbContextFactory<FluxDb> databases, TimeProvider time, ILogger<PersonalTokenUses> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _unwritten = new();

    internal void Note(int tokenId) => _unwritten[tokenId] = time.GetUtcNow();

    /// <summary>Later than the database knows; null: no use since it was written.</summary>
    internal DateTimeOffset? Last(int tokenId) => _unwritten.TryGetValue(tokenId, out var at) ? at : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await WriteAsync(CancellationToken.None);
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        try
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
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            NotWritten(failure);
        }
    }

    [LoggerMessage(LogLevel.Warning, "When personal tokens were last used could not be written; it will be tried again.")]
    private partial void NotWritten(Exception failure);
}
