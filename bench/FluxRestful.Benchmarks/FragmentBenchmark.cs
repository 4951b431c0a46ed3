namespace FluxRestful.Benchmarks;

/// <summary>The changing part of the jobs page, and the whole of it, with 100,000 jobs.</summary>
internal static class FragmentBenchmark
{
    private const int Jobs = 100_000;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var journal = new ScriptedJournal(Jobs);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var connections = await ConnectionPool.OpenAsync(server, 1, cancellationToken);
        await PageBenchmark.ReadyAsync(connections, cancellationToken);
        foreach (var (what, path, count) in new[]
        {
            ("the part, newest 50", "/ui/jobs?scope=all", 400),
            ("200 rows", "/ui/jobs?scope=all&limit=200", 150),
            ("the failed ones", "/ui/jobs?scope=all&state=failed", 400),
            ("by name", "/ui/jobs?scope=all&sort=name", 200),
            ("by time", "/ui/jobs?scope=all&sort=-runtime", 200),
            ("a text", "/ui/jobs?scope=all&text=sweep-77", 200),
            ("two words", "/ui/jobs?scope=all&text=sweep+work", 200),
            ("a host, ran long", "/ui/jobs?scope=all&node=node17&shorter=1h", 200),
            ("the last page", "/ui/jobs?scope=all&before=end", 200),
            ("the whole page", "/jobs?scope=all", 300),
        })
        {
            await Load.RunAsync(1, count / 5, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            var before = server.ProcessorTime;
            var sample = await Load.RunAsync(1, count, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            Console.WriteLine($"{what,-22} {sample}   {(server.ProcessorTime - before).TotalMilliseconds / count:F2} ms of processor time each");
        }

        Console.WriteLine($"resident {server.ResidentMegabytes:F0} MB");
    }
}
