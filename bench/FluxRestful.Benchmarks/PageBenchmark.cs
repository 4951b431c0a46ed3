namespace FluxRestful.Benchmarks;

/// <summary>Pages of the list of 100,000 jobs.</summary>
internal static class PageBenchmark
{
    private const int Jobs = 100_000;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var journal = new ScriptedJournal(Jobs);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var connections = await ConnectionPool.OpenAsync(server, 1, cancellationToken);
        await ReadyAsync(connections, cancellationToken);
        foreach (var (what, query, count) in new[]
        {
            ("the newest 50", "", 5_000),
            ("the running ones", "?state=running", 5_000),
            ("failed, 1,000 of them", "?result=failed&limit=1000", 300),
            ("by name", "?sort=name", 300),
            ("by name, backwards", "?sort=-name", 300),
            ("ended last", "?sort=-ended&state=inactive", 300),
            ("ran longest", "?sort=-runtime", 300),
            ("by urgency, all alike", "?sort=urgency", 300),
            ("one queue, by start", "?queue=debug&sort=-started", 300),
            ("a text", "?text=sweep-77", 300),
            ("a text that all have", "?text=SWEEP", 300),
            ("two words, by name", "?text=user/7%20debug&sort=name", 300),
            ("a host", "?node=node17&state=failed", 300),
            ("a pattern of names", "?name=*-77*", 300),
            ("a pattern that all fit", "?name=*sweep*", 300),
        })
        {
            var path = "/api/v1/jobs" + query;
            await Load.RunAsync(1, count / 5, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            var before = server.ProcessorTime;
            var sample = await Load.RunAsync(1, count, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            Console.WriteLine($"{what,-22} {sample}   {(server.ProcessorTime - before).TotalMilliseconds / count:F2} ms of processor time each");
        }

        Console.WriteLine($"resident {server.ResidentMegabytes:F0} MB");
    }

    // The first snapshot takes some seconds, and until then there is no list.
    internal static async Task ReadyAsync(ConnectionPool connections, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await connections.SendAsync(0, "GET", "/api/v1/jobs?limit=1", cancellationToken);
                return;
            }
            catch (InvalidOperationException)
            {
                // Not yet.
            }
        }
    }
}
