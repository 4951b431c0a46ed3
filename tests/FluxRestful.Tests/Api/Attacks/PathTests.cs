using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Ids and paths that are read in two ways, sent as they are: a client's library would put them right.</summary>
public sealed class PathTests
{
    private const string Hush = "hush-hush-hush";

    private static readonly string[] Ids =
    [
        "..", "%2e%2e", "%2E%2E%2F", "..%2f..%2f..%2fetc%2fpasswd", "..%5c..%5cetc", "%252e%252e%252f", "f1%2f..%2f..%2fusers", "f1;x=y", "f1%00", "%00", "f1%0d%0aX:%20y", "%c0%ae%c0%ae",
        "%ff%fe", "%ef%bd%86%ef%bc%91", "%d9%a1%d9%a2%d9%a3", "%ef%bc%91%ef%bc%92", "-1", "%2b1", "1e3", "1.5", "0x", "0x1ffffffffffffffff", "18446744073709551616", "99999999999999999999999",
        "fzzzzzzzzzzz", "f", "%c6%92", "%c6%92%c6%92", "job.", "job.1.2", "%f0%9f%98%80", "a-b-c--d-e-f", "%20", "%09f1", "*", "{id}", "null", "~", "%7e", new string('1', 7000), "f" + new string('1', 7000),
    ];

    private static readonly string[] Leaks = ["root:", "passwordHash", "RateLimits", "   at "];

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public PathTests() => _patience.CancelAfter(TimeSpan.FromSeconds(90));

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task A_strange_path_is_refused_or_unknown_leads_nowhere_else_and_breaks_nothing()
    {
        await using var server = ServerProcess.Start(("FLUX_TOKEN", Hush), ("Broker__Mode", "embedded"), ("RateLimits__AddressPerSecond", "0"), ("RateLimits__TenantPerSecond", "0"),
            // Nobody reads what it says, and it would wait for that.
            ("Serilog__MinimumLevel__Default", "Fatal"), ("Serilog__MinimumLevel__Override__Microsoft.Hosting.Lifetime", "Fatal"));
        await server.ReadyAsync(Token);
        var basic = "Authorization: Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("fluxuser:" + Hush)) + "\r\n";
        string[] jobs = ["/api/v1/jobs/ID", "/api/v1/jobs/ID/jobspec", "/v1/jobs/ID/output", "/jobs/ID"];
        string[] others = ["/api/v1/users/ID", "/api/v1/queues/ID", "/api/v1/nodes/ID", "/docs/ID", "/assets/ID/ID", "/openapi/ID.json", "//ID", "/job/ID"];
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Ids.SelectMany(id => jobs.Concat(others).Select(path => (id, path))), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (each, _) =>
        {
            var target = each.path.Replace("ID", each.id, StringComparison.Ordinal);
            var (status, body) = await AskAsync(server, target, basic);
            // A path that goes up is another path: to the list, which is there.
            var isJob = jobs.Contains(each.path) && !each.id.StartsWith("..", StringComparison.Ordinal) && each.id is not "%2e%2e";
            if (status >= 500 || (isJob && status is not (400 or 404 or 422)) || Leaks.Any(leak => body.Contains(leak, StringComparison.OrdinalIgnoreCase)))
            {
                wrong.Add($"{target}: {status}");
            }
        });

        Assert.Empty(wrong);
        Assert.Equal(200, (await AskAsync(server, "/api/v1/jobs", basic)).Status);
    }

    private async Task<(int Status, string Body)> AskAsync(ServerProcess server, string target, string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: close\r\n{headers}\r\n"), Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Token);
        var parts = answer.Split("\r\n\r\n", 2);
        Assert.True(answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), $"{target}: {answer}");
        return (int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), parts[^1]);
    }
}
