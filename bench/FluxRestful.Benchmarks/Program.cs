using System.Globalization;
using FluxRestful.Benchmarks;

// Each benchmark compares or measures in one run, against loopback alone, bounded in count and time.
// FLUX_URI names the broker; without it the server starts the embedded one, and what needs a broker to itself is left out.
using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(10));
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["submit"]:
        await SubmitBenchmark.RunAsync(null, stop.Token);
        return 0;
    case ["submit", var outstanding]:
        await SubmitBenchmark.RunAsync(int.Parse(outstanding, CultureInfo.InvariantCulture), stop.Token);
        return 0;
    case ["bulk"]:
        await BulkBenchmark.RunAsync(stop.Token);
        return 0;
    case ["reads"]:
        await ReadBenchmark.RunAsync(stop.Token);
        return 0;
    case ["followers"]:
        await FollowerBenchmark.RunAsync(stop.Token);
        return 0;
    case ["pages"]:
        await PageBenchmark.RunAsync(stop.Token);
        return 0;
    case ["fragment"]:
        await FragmentBenchmark.RunAsync(stop.Token);
        return 0;
    case ["events"]:
        await EventBenchmark.RunAsync(1_000, stop.Token);
        return 0;
    case ["events", var followers]:
        await EventBenchmark.RunAsync(int.Parse(followers, CultureInfo.InvariantCulture), stop.Token);
        return 0;
    case ["output"]:
        await OutputBenchmark.RunAsync(stop.Token);
        return 0;
    case ["signin"]:
        await SignInBenchmark.RunAsync(stop.Token);
        return 0;
    case ["start"]:
        await StartBenchmark.RunAsync(stop.Token);
        return 0;
    default:
        Console.Error.WriteLine("usage: FluxRestful.Benchmarks submit [OUTSTANDING] | bulk | reads | followers | pages | fragment | events [FOLLOWERS] | output | signin | start");
        return 2;
}
