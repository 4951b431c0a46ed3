using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using FluxRestful.Core;
using FluxRestful.Core.Services;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Benchmarks;

/// <summary>
/// A thousand jobs at once, in turn: pipelined over Core's own link, and in one request to <c>POST /api/v1/jobs/bulk</c>. Stop the queue of the broker first.
/// </summary>
internal static class BulkBenchmark
{
    private const int Rounds = 24;
    private const int Count = 1000;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var uri = Environment.GetEnvironmentVariable("FLUX_URI") ?? throw new InvalidOperationException("Set FLUX_URI: both sides must use one broker.");
        await using var client = new BrokerClient(new BrokerClientOptions { Uri = uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        var ingest = new JobIngest(client);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        var jobs = await RawJobs.LikeThoseOfAsync(server, client, cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(server.Authorization);
        var body = JsonSerializer.SerializeToUtf8Bytes(new { jobs = Enumerable.Range(0, Count).Select(i => new { command = (string[])["true"], name = $"job-{i}" }) });

        var ratios = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            jobs.Prepare(Count);
            var raw = await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Count).Select(_ => jobs.SubmitAsync(ingest, cancellationToken))));
            var before = server.ProcessorTime;
            var bulk = await TimeAsync(() => BulkAsync(http, body, cancellationToken));
            var cpu = (server.ProcessorTime - before).TotalMilliseconds / Count;

            // The first round warms both.
            if (round > 0)
            {
                ratios.Add(raw / bulk);
                Console.WriteLine($"raw {Count / raw,6:F0}/s   bulk {Count / bulk,6:F0}/s   ratio {raw / bulk:F2}   {cpu:F2} ms of the server's processor time each");
            }
        }

        ratios.Sort();
        Console.WriteLine($"median ratio {ratios[ratios.Count / 2]:F2}");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task BulkAsync(HttpClient http, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await http.PostAsync("/api/v1/jobs/bulk", content, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!text.StartsWith($"{{\"submitted\":{Count},", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(text[..Math.Min(text.Length, 1000)]);
        }
    }
}
