namespace FluxRestful.Benchmarks;

/// <summary>How long a user waits: from the start of the process to its first answer, with an empty data directory.</summary>
internal static class StartBenchmark
{
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var run = 1; run <= 5; run++)
        {
            await using var server = await ServerProcess.StartAsync(cancellationToken);
            Console.WriteLine($"start {run}: first answer after {server.StartTime.TotalSeconds:F2} s, {server.ResidentMegabytes:F0} MB resident");
        }
    }
}
