using System.Diagnostics;

namespace FluxRestful.Benchmarks;

/// <summary>Keeps a number of requests outstanding until a count is reached.</summary>
internal static class Load
{
    /// <summary>Runs <paramref name="count"/> calls with <paramref name="outstanding"/> at a time; each worker gets its number.</summary>
    public static async Task<Sample> RunAsync(int outstanding, int count, Func<int, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var left = count;
        var times = new List<double>[outstanding];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, outstanding).Select(worker => Task.Run(
            async () =>
            {
                var mine = times[worker] = [];
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var start = Stopwatch.GetTimestamp();
                    await call(worker, cancellationToken);
                    mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            },
            cancellationToken)));
        clock.Stop();
        return new Sample(times.SelectMany(t => t), clock.Elapsed);
    }
}
