using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace FluxRestful.Benchmarks;

/// <summary>So many followers of all events of all jobs, 200 events a second: how long each delivery takes, from the journal's line to the follower's socket.</summary>
internal static class EventBenchmark
{
    private const int PerSecond = 200;
    private const int Seconds = 10;
    private const int Jobs = 100;

    public static async Task RunAsync(int count, CancellationToken cancellationToken)
    {
        await using var journal = new ScriptedJournal(Jobs);
        await using var server = await ServerProcess.StartAsync(cancellationToken);
        // HTTP/1.0: without chunks, whose borders may lie within an event.
        var request = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(
            HttpConnection.Request("GET", "/api/v1/events", server.Authorization, server.Port)).Replace("HTTP/1.1", "HTTP/1.0", StringComparison.Ordinal));
        var followers = new List<HttpConnection>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                followers.Add(await HttpConnection.OpenAsync(server.Port, cancellationToken));
                await followers[i].OpenStreamAsync(request, cancellationToken);
            }

            var before = server.ProcessorTime;
            var clock = Stopwatch.StartNew();
            var reading = followers.ConvertAll(follower => follower.ReadTimesAsync(PerSecond * Seconds, cancellationToken));
            for (var sent = 0; sent < PerSecond * Seconds; sent++)
            {
                while (clock.Elapsed.TotalSeconds * PerSecond < sent)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken);
                }

                await journal.TellAsync((sent % Jobs) + 1, "note", string.Create(CultureInfo.InvariantCulture, $$$"""{"sent":{{{Stopwatch.GetTimestamp()}}}}"""), cancellationToken);
            }

            var times = new List<double>();
            await foreach (var read in Task.WhenEach(reading).WithCancellation(cancellationToken))
            {
                // The first that was cut ends it all.
                times.AddRange(await read);
            }

            Console.WriteLine($"{count} followers, {PerSecond} events/s: {new Sample(times, clock.Elapsed)}");
            Console.WriteLine($"{(server.ProcessorTime - before).TotalSeconds / clock.Elapsed.TotalSeconds:F2} cores for the server, resident {server.ResidentMegabytes:F0} MB");
        }
        finally
        {
            followers.ForEach(follower => follower.Dispose());
        }
    }

    /// <summary>The milliseconds that each event took, from the moment that stands in it.</summary>
    private static async Task<List<double>> ReadTimesAsync(this HttpConnection follower, int count, CancellationToken cancellationToken)
    {
        var times = new List<double>(count);
        var buffer = new byte[64 * 1024];
        var filled = 0;
        while (times.Count < count)
        {
            var read = await follower.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            if (read == 0)
            {
                throw new IOException($"The stream ended after {times.Count} events.");
            }

            filled += read;
            var now = Stopwatch.GetTimestamp();
            var at = 0;
            for (int end; (end = buffer.AsSpan(at, filled - at).IndexOf("}}\n\n"u8)) >= 0; at += end + 4)
            {
                var line = buffer.AsSpan(at, end);
                if (line.IndexOf("\"sent\":"u8) is >= 0 and var begin && Utf8Parser.TryParse(line[(begin + 7)..], out long sent, out _))
                {
                    times.Add(Stopwatch.GetElapsedTime(sent, now).TotalMilliseconds);
                }
            }

            buffer.AsSpan(at, filled - at).CopyTo(buffer);
            filled -= at;
        }

        return times;
    }
}
