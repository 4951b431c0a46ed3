using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using FluxRestful.EmbeddedBroker;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Benchmarks;

/// <summary>
/// A gigabyte of output followed while it is written, and a million lines paged through. The broker is the embedded one in this process, so that what the
/// server has resident is the server's alone.
/// </summary>
internal static class OutputBenchmark
{
    private const long Gigabyte = 1_000_000_000;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new EmbeddedBrokerOptions { MaxOutputBytesPerJob = 8 * Gigabyte, MaxOutputBytes = 16 * Gigabyte };
        await using var broker = await EmbeddedBroker.EmbeddedBroker.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        Environment.SetEnvironmentVariable("FLUX_URI", broker.Uri);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(server.Authorization);
        await FollowAsync(http, server, "text/event-stream", $"sh -c 'head -c {Gigabyte} /dev/zero | tr \"\\0\" x | fold -w 100000'", cancellationToken);
        await FollowAsync(http, server, "text/plain", $"sh -c 'head -c {Gigabyte} /dev/zero | tr \"\\0\" x | fold -w 100000'", cancellationToken);
        await PageAsync(http, server, cancellationToken);
    }

    private static async Task FollowAsync(HttpClient http, ServerProcess server, string form, string command, CancellationToken cancellationToken)
    {
        var (most, before) = (0.0, server.ResidentMegabytes);
        var clock = Stopwatch.StartNew();
        var id = await SubmitAsync(http, command, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output?follow=true&width=1000000");
        request.Headers.Accept.ParseAdd(form);
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[256 * 1024];
        var (bytes, sampled) = (0L, 0L);
        while (await body.ReadAsync(buffer, cancellationToken) is var count && count > 0)
        {
            bytes += count;
            if (bytes - sampled > 5_000_000)
            {
                (sampled, most) = (bytes, Math.Max(most, server.ResidentMegabytes));
            }
        }

        var rate = bytes / 1e6 / clock.Elapsed.TotalSeconds;
        Console.WriteLine($"{form}: {bytes / 1e6:F0} MB in {clock.Elapsed.TotalSeconds:F1} s, {rate:F0} MB/s; resident before {before:F0} MB, at most {most:F0} MB");
    }

    private static async Task PageAsync(HttpClient http, ServerProcess server, CancellationToken cancellationToken)
    {
        var id = await SubmitAsync(http, "seq 1000000", cancellationToken);
        while (!(await http.GetStringAsync($"/v1/jobs/{id}", cancellationToken)).Contains("\"INACTIVE\"", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        var path = $"/api/v1/jobs/{id}/output";
        var first = Stopwatch.StartNew();
        await http.GetStringAsync(path + "?limit=1000", cancellationToken);
        first.Stop();
        var pages = new List<double>();
        for (long? next = 1; next is not null;)
        {
            var clock = Stopwatch.StartNew();
            var page = JsonElement.Parse(await http.GetStringAsync($"{path}?limit=1000&from={next}", cancellationToken));
            pages.Add(clock.Elapsed.TotalMilliseconds);
            next = page.TryGetProperty("next", out var on) ? on.GetInt64() : null;
        }

        pages.Sort();
        var search = Stopwatch.StartNew();
        var found = JsonElement.Parse(await http.GetStringAsync(path + "?search=99999&limit=10", cancellationToken)).GetProperty("matching");
        Console.WriteLine($"first page {first.ElapsedMilliseconds} ms; {pages.Count} pages: median {pages[pages.Count / 2]:F1} ms, p99 {pages[pages.Count * 99 / 100]:F1} ms, "
            + $"all {pages.Sum() / 1000:F1} s; search ({found} lines) {search.ElapsedMilliseconds} ms; resident {server.ResidentMegabytes:F0} MB");
    }

    private static async Task<string> SubmitAsync(HttpClient http, string command, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync($"/v1/jobs/submit?command={Uri.EscapeDataString(command)}", null, cancellationToken);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).GetProperty("id").GetRawText();
    }
}
