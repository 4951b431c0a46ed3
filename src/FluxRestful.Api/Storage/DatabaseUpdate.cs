using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage;

/// <summary>Brings the database to this version's shape, at every start and before every admin verb.</summary>
internal sealed class DatabaseUpdate(DataDirectory directory, IDbContextFactory<FluxDb> databases, TimeProvider time)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var turn = await TakeTurnAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // A property of the file: readers do not wait for the writer.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            // EF's own lock outlives a process that was killed while it held it, and would be waited for for ever. Ours does not, and we hold it.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    // A lock of the operating system's on a file: it ends with its holder.
    private async Task<FileStream> TakeTurnAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var path = Path.Combine(directory.Path, "update.lock");
        while (true)
        {
            try
            {
                return PrivateFiles.OpenAlone(path);
            }
            catch (IOException) when (!either.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, either.Token);
            }
        }
    }
}
