using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FluxRestful.Api.Admin;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Hosting;

/// <summary>What only a real process on a real socket shows.</summary>
public sealed class ServerProcessTests
{
    private static readonly byte[] Unfinished =
        "POST /v1/login/access-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n"u8.ToArray();

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ServerProcessTests() => _patience.CancelAfter(TimeSpan.FromSeconds(60));

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task Settings_that_make_no_sense_stop_the_start_by_name()
    {
        await using var server = ServerProcess.Start(("FLUX_SERVER_MODE", "multi-user"), ("FLUX_REQUIRE_AUTH", "perhaps"));
        var (code, errors) = await server.EndAsync(Token);
        Assert.Equal(1, code);
        Assert.Equal(
            ["FLUX_SERVER_MODE", "FLUX_REQUIRE_AUTH"], errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(':')[0]));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_line_and_nothing_is_left_in_the_home_directory()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var home = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            await using var server = ServerProcess.Start(("PORT", port), ("HOME", home.FullName));
            var said = await server.RestAsync(Token);
            var (code, errors) = await server.EndAsync(Token);
            Assert.Equal(1, code);
            Assert.Equal($"HOST, PORT: cannot listen on 127.0.0.1, port {port}: Address already in use", errors.Trim());
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
            Assert.Empty(home.EnumerateDirectories(".aspnet"));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Secrets_in_the_environment_are_warned_of_and_requests_are_bounded()
    {
        await using var server = ServerProcess.Start(("FLUX_TOKEN", "hush-hush"));
        await server.ReadyAsync(Token);
        Assert.Contains(server.Said, line => line.Trim() == "Flux token: ********");
        Assert.DoesNotContain(server.Said, line => line.Contains("hush-hush", StringComparison.Ordinal));

        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Token)).StatusCode);
        using var large = new ByteArrayContent(Encoding.ASCII.GetBytes("username=" + new string('x', 1024 * 1024)));
        large.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync("/v1/login/access-token", large, Token)).StatusCode);

        Assert.StartsWith("HTTP/1.1 431", await AskAsync(server, $"GET /health HTTP/1.1\r\nHost: x\r\nX: {new string('x', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414", await AskAsync(server, $"GET /{new string('x', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await AskAsync(server, "POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400", await AskAsync(server, "GET /health HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_told_to_end_does_not_wait_for_who_dawdles()
    {
        await using var server = ServerProcess.Start();
        await server.ReadyAsync(Token);
        Assert.Contains(server.Said, line => line.StartsWith("Adding 'fluxuser' with password '", StringComparison.Ordinal));
        // Somebody who has begun a request and does not end it.
        using var slow = new TcpClient();
        await slow.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        await slow.GetStream().WriteAsync(Unfinished, Token);

        await server.TerminateAsync(Token);
        Assert.Equal(0, (await server.EndAsync(Token)).Code);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task Ctrl_C_and_the_hangup_of_a_broker_that_shuts_down_end_the_server_in_good_order(string signal)
    {
        await using var server = ServerProcess.Start();
        await server.ReadyAsync(Token);
        await server.SignalAsync(signal, Token);
        Assert.Equal(0, (await server.EndAsync(Token)).Code);
    }

    [Fact]
    public async Task The_health_verb_asks_the_server_that_runs()
    {
        await using var server = ServerProcess.Start();
        await server.ReadyAsync(Token);
        Assert.Equal((AdminVerbs.Done, "ok"), await AskHealthAsync(server.Address.Port));

        await server.TerminateAsync(Token);
        await server.EndAsync(Token);
        Assert.Equal((AdminVerbs.Failed, ""), await AskHealthAsync(server.Address.Port));
    }

    private async Task<(int Code, string Said)> AskHealthAsync(int port)
    {
        var settings = new Dictionary<string, string?> { ["HOST"] = "0.0.0.0", ["PORT"] = port.ToString(CultureInfo.InvariantCulture) };
        using var output = new StringWriter();
        var verbs = new AdminVerbs(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TextReader.Null, output, TextWriter.Null);
        return (await verbs.RunAsync(CommandLine.Parse(["health"]), Token), output.ToString().Trim());
    }

    private async Task<string> AskAsync(ServerProcess server, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Token) ?? "";
    }
}
