namespace FluxRestful.Api.Storage;

/// <summary>
/// Brings to the disk what was committed without waiting for the disk (<c>PRAGMA synchronous=NORMAL</c>): such a commit survives the end of this
/// process at once, and the machine's from here on. One flush serves everybody who asked before it began.
/// </summary>
internal sealed class DatabaseFlush(Action flush)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    public DatabaseFlush(DataDirectory directory)
        : this(() => FlushLog(directory.DatabasePath + "-wal"))
    {
    }

    /// <summary>Completes when everything that was committed before this call is on the disk. A caller that goes away leaves the flush to the others.</summary>
    /// <exception cref="IOException">The disk cannot be written.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => Join().WaitAsync(cancellationToken);

    private Task Join()
    {
        lock (_lock)
        {
            if (_next is not null)
            {
                return _next;
            }

            // A flush that has begun may have passed by what was committed since.
            return _running.IsCompleted ? _running = Task.Run(flush) : _next = FlushAfterAsync(_running);
        }
    }

    private async Task FlushAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            (_running, _next) = (_next!, null);
        }

        await Task.Run(flush);
    }

    // The write-ahead log has no locks of SQLite's that closing a file would drop. Without a log everything is in the database, and was flushed into it.
    private static void FlushLog(string path)
    {
        if (File.Exists(path))
        {
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
    }
}
