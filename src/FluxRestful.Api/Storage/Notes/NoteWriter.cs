namespace FluxRestful.Api.Storage.Notes;

/// <summary>
/// Writes what is noted in memory at each request to the database once a minute and at the end: a read of a job costs no write. What a crash takes is at most a
/// minute of it. A write that fails is tried again with the next.
/// </summary>
internal abstract partial class NoteWriter(TimeProvider time, ILogger logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected DateTimeOffset Now => time.GetUtcNow();

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryWriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await TryWriteAsync(CancellationToken.None);
    }

    /// <summary>Writes what is noted, and forgets what it has written unless it was noted again meanwhile.</summary>
    protected abstract Task WriteAsync(CancellationToken cancellationToken);

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            NotWritten(logger, failure, GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The notes of {Writer} could not be written; it will be tried again.")]
    private static partial void NotWritten(ILogger logger, Exception failure, string writer);
}
