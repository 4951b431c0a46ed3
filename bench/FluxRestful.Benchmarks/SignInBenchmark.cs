using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace FluxRestful.Benchmarks;

/// <summary>A name that nobody has and a wrong password of somebody's, in turn: whether time tells one from the other.</summary>
internal static class SignInBenchmark
{
    private const int Accounts = 10;

    // One more and the account's attempts are slowed down.
    private const int AttemptsOfEach = 4;

    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Accounts; i++)
        {
            Environment.SetEnvironmentVariable($"Users__{i}__Name", $"somebody{i}");
            Environment.SetEnvironmentVariable($"Users__{i}__Password", $"the password of {i}");
        }

        await using var server = await ServerProcess.StartAsync(cancellationToken);
        var (unknown, wrong) = (new List<double>(), new List<double>());
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Accounts * AttemptsOfEach; i++)
        {
            // Each attempt comes from an address of its own, for addresses are slowed down too; now one is first, now the other.
            foreach (var isKnown in i % 2 == 0 ? (bool[])[false, true] : [true, false])
            {
                var name = isKnown ? $"somebody{i / AttemptsOfEach}" : $"nobody{i}";
                (isKnown ? wrong : unknown).Add(await TryAsync(server, name, unknown.Count + wrong.Count, cancellationToken));
            }
        }

        var (one, other) = (new Sample(unknown, clock.Elapsed), new Sample(wrong, clock.Elapsed));
        Console.WriteLine($"unknown name    {one}");
        Console.WriteLine($"wrong password  {other}");
        Console.WriteLine($"ratio of the medians {one.Median / other.Median:F3}, of the 10th percentiles {one.Percentile(.1) / other.Percentile(.1):F3}");
    }

    private static async Task<double> TryAsync(ServerProcess server, string name, int attempt, CancellationToken cancellationToken)
    {
        using var connection = await HttpConnection.OpenAsync(server.Port, cancellationToken, IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.1.{attempt + 1}")));
        var credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:not the password"));
        var request = HttpConnection.Request("GET", "/api/v1/account", credentials, server.Port);
        var start = Stopwatch.GetTimestamp();
        var (status, _) = await connection.SendAsync(request, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return status == 401 ? elapsed : throw new InvalidOperationException($"A bad sign-in answered {status}.");
    }
}
