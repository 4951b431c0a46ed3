namespace FluxRestful.Api.Passwords;

/// <summary>Lets only so many BCrypts run at a time, so few wait, and those not long: a flood of passwords takes neither the cores nor the memory.</summary>
internal sealed class PasswordGate(TimeProvider time) : IDisposable
{
    internal const int MostWaiting = 64;

    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private int _waiting;

    /// <summary>Null: too many are before it.</summary>
    internal async Task<T?> RunAsync<T>(Func<T> work)
        where T : struct
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            using var patience = new CancellationTokenSource(LongestWait, time);
            await _places.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Run(work);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
