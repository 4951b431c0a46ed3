namespace FluxRestful.Api.Idempotency;

/// <summary>Every hour forgets the keys that are old enough.</summary>
internal sealed partial class IdempotencySweep(IdempotencyKeys keys, TimeProvider time, ILogger<IdempotencySweep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                var count = await keys.SweepAsync(stoppingToken);
                if (count > 0)
                {
                    Swept(count);
                }
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                // The next hour tries again.
                Failed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Count} idempotency keys were forgotten")]
    private partial void Swept(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old idempotency keys could not be removed")]
    private partial void Failed(Exception failure);
}
