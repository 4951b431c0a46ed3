namespace FluxRestful.Tests.Fakes;

/// <summary>Waits for what a real socket or process does in its own time; for nothing else.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, CancellationToken cancellationToken) =>
        TrueAsync(() => Task.FromResult(condition()), Deadline, cancellationToken);

    public static Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancellationToken) => TrueAsync(condition, Deadline, cancellationToken);

    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < deadline, "It did not happen in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }
}
