namespace FluxRestful.Benchmarks;

/// <summary>Reads per second from the index: one job, and a page of 100 of 10,000 jobs.</summary>
internal static class ReadBenchmark
{
    private const int Jobs = 10_000;
    private const int Connections = 16;
    private const int Submitters = 64;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var connections = await ConnectionPool.OpenAsync(server, Submitters, cancellationToken);
        Console.WriteLine($"submitting {Jobs} jobs");
        await Load.RunAsync(Submitters, Jobs, (worker, token) => connections.SendAsync(worker, "POST", "/v1/jobs/submit?command=true", token), cancellationToken);
        var id = (await connections.JobIdsAsync(1, cancellationToken))[0];

        foreach (var (what, path, count) in new[]
        {
            ("one job", $"/v1/jobs/{id}", 30_000),
            ("page of 100", "/v1/jobs/search?start=5000&length=100&draw=1", 10_000),
            ("page of 100, searched", "/v1/jobs/search?start=0&length=100&draw=1&search=true", 300),
        })
        {
            await Load.RunAsync(Connections, count / 10, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            var before = server.ProcessorTime;
            var sample = await Load.RunAsync(Connections, count, (worker, token) => connections.SendAsync(worker, "GET", path, token), cancellationToken);
            var cpu = (server.ProcessorTime - before).TotalMilliseconds / count;
            Console.WriteLine($"{what,-22} {sample}   {cpu:F3} ms of processor time each");
        }

        Console.WriteLine($"resident {server.ResidentMegabytes:F0} MB");
    }
}
