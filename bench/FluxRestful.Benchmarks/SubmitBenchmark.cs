using FluxRestful.Core;
using FluxRestful.Core.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Benchmarks;

/// <summary>
/// The same submits twice in one run, in turn: over Core's own link, signed ahead, and through Kestrel with a bearer token. What is measured is the submit:
/// stop the queue of the broker first (<c>flux queue stop</c>), or the jobs take the processors.
/// </summary>
internal static class SubmitBenchmark
{
    private const int Rounds = 3;

    public static async Task RunAsync(int? only, CancellationToken cancellationToken)
    {
        var uri = Environment.GetEnvironmentVariable("FLUX_URI") ?? throw new InvalidOperationException("Set FLUX_URI: both sides must use one broker.");
        await using var client = new BrokerClient(new BrokerClientOptions { Uri = uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        var ingest = new JobIngest(client);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        var jobs = await RawJobs.LikeThoseOfAsync(server, client, cancellationToken);
        foreach (var (outstanding, count) in new[] { (1, 200), (8, 1_000), (64, 4_000), (256, 4_000) }.Where(load => only is null || load.Item1 == only))
        {
            using var connections = await ConnectionPool.OpenAsync(server, outstanding, cancellationToken);

            Task Raw(int worker, CancellationToken token) => jobs.SubmitAsync(ingest, token);
            Task Http(int worker, CancellationToken token) => connections.SendAsync(worker, "POST", "/v1/jobs/submit?command=true", token);

            // Both warm: the validator of a real broker ends after some idle seconds.
            jobs.Prepare(count / 10);
            await Load.RunAsync(outstanding, count / 10, Raw, cancellationToken);
            await Load.RunAsync(outstanding, count / 10, Http, cancellationToken);
            for (var round = 1; round <= Rounds; round++)
            {
                jobs.Prepare(count);
                var raw = await Load.RunAsync(outstanding, count, Raw, cancellationToken);
                var before = server.ProcessorTime;
                var http = await Load.RunAsync(outstanding, count, Http, cancellationToken);
                var cpu = (server.ProcessorTime - before).TotalMilliseconds / count;
                Console.WriteLine($"{outstanding,4} outstanding   raw  {raw}");
                Console.WriteLine($"{outstanding,4} outstanding   http {http}   {cpu:F2} ms of processor time each");
                Console.WriteLine($"{outstanding,4} outstanding   ratio {http.PerSecond / raw.PerSecond:F2}   added {http.Median - raw.Median:F2} ms");
            }
        }
    }
}
