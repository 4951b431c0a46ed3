using System.Net;
using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Hosting.Http;

/// <summary>Clients that are slow, silent, or try to be understood in two ways; over a real socket.</summary>
public sealed class HostileClientTests
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public HostileClientTests() => _patience.CancelAfter(TimeSpan.FromSeconds(120));

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task What_could_be_read_as_two_requests_is_refused_and_the_connection_closed()
    {
        await using var server = ServerProcess.Start(("Http__IdleTimeout", "5"));
        await server.ReadyAsync(Token);
        const string hidden = "GET /health HTTP/1.1\r\nHost: hidden\r\n\r\n";
        foreach (var (name, request) in ((string, string)[])[
            ("two lengths", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: {hidden.Length}\r\n\r\n{hidden}"),
            ("a length with a sign", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\n{hidden}"),
            ("a negative length", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n{hidden}"),
            ("an absurd length", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n{hidden}"),
            ("a list of lengths", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\n{hidden}"),
            ("an unknown coding", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
            ("chunked and more", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"),
            ("a chunk with a sign", $"POST /v1/token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n{hidden}"),
            ("a blank before the colon", $"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\n{hidden}"),
            ("a folded header", $"GET /health HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n{hidden}"),
            ("a zero byte", $"GET /health HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n{hidden}"),
            ("two hosts", $"GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n{hidden}"),
            ("no host", $"GET /health HTTP/1.1\r\n\r\n{hidden}"),
            ("HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")])
        {
            var answer = await RawClient.AskAsync(server.Address, request, Token);
            var status = answer.Split(' ') is [_, var code, ..] ? code : "none";
            // To those who do not speak HTTP/1.1 it says nothing.
            Assert.True(status is "400" or "501" or "505" || (name == "HTTP/2 without TLS" && status == "none"), $"{name}: {answer}");
            Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_length_beside_chunks_hides_no_second_request()
    {
        await using var server = ServerProcess.Start(("Http__IdleTimeout", "2"));
        await server.ReadyAsync(Token);
        var answer = await RawClient.AskAsync(
            server.Address,
            "POST /v1/token HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: hidden\r\n\r\n",
            Token);
        // Taken by its chunks alone, as RFC 9112 has it; or refused.
        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silent_and_slow_clients_are_cut_off_and_nobody_else_waits_for_them()
    {
        await using var server = ServerProcess.Start(("Http__HeadersTimeout", "1"), ("Http__IdleTimeout", "1"), ("Http__SlowFor", "2"));
        await server.ReadyAsync(Token);
        using var silent = await RawClient.ConnectAsync(server.Address, Token);
        using var begun = await RawClient.ConnectAsync(server.Address, Token);
        await begun.SendAsync("GET /health HTTP/1.1\r\nHost: x\r\n", Token);
        using var slow = await RawClient.ConnectAsync(server.Address, Token);
        await slow.SendAsync(
            "POST /v1/login/access-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nuser", Token);

        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Token)).StatusCode);
        Assert.Equal("", await silent.RestAsync(Token));
        Assert.StartsWith("HTTP/1.1 408", await begun.RestAsync(Token), StringComparison.Ordinal);
        Assert.Contains(" 408 ", await slow.RestAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health", Token)).StatusCode);
    }

    [Fact]
    public async Task A_follower_who_does_not_read_is_cut_off()
    {
        await using var server = ServerProcess.Start(("FLUX_REQUIRE_AUTH", "false"), ("Http__SlowFor", "2"));
        await server.ReadyAsync(Token);
        using var http = new HttpClient { BaseAddress = server.Address };
        var id = await SubmitAsync(http, "sh -c 'head -c 30000000 /dev/zero | tr \"\\0\" x | fold -w 1000; sleep 1000'");
        using var deaf = await RawClient.ConnectAsync(server.Address, Token);
        await deaf.SendAsync($"GET /api/v1/jobs/{id}/output HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n", Token);
        // To write to a connection that was reset fails; until then the server takes it for the next request.
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    await deaf.SendAsync(" ", Token);
                    return false;
                }
                catch (IOException)
                {
                    return true;
                }
            },
            TimeSpan.FromSeconds(60),
            Token);
    }

    [Fact]
    public async Task Headers_and_addresses_that_are_a_little_too_large_are_told_as_problems()
    {
        await using var app = await ApiApp.StartAsync();
        using var large = new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs");
        large.Headers.Add("X-Large", new string('x', 33_000));
        await ExpectAsync(await app.Alice.SendAsync(large, Token), 431, ProblemType.HeadersTooLarge);
        using var many = new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs");
        for (var i = 0; i < 70; i++)
        {
            many.Headers.Add($"X-{i}", "x");
        }

        await ExpectAsync(await app.Alice.SendAsync(many, Token), 431, ProblemType.HeadersTooLarge);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_told_as_a_problem()
    {
        await using var server = ServerProcess.Start(("FLUX_REQUIRE_AUTH", "false"));
        await server.ReadyAsync(Token);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/jobs?name=" + new string('x', 1000), Token)).StatusCode);
        await ExpectAsync(await http.GetAsync("/api/v1/jobs?name=" + new string('x', 20_000), Token), 414, ProblemType.AddressTooLong);

        // Far too long: Kestrel answers before the server sees it.
        Assert.StartsWith("HTTP/1.1 414", await RawClient.AskAsync(server.Address, $"GET /{new string('x', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n", Token), StringComparison.Ordinal);
    }

    private static async Task ExpectAsync(HttpResponseMessage answer, int status, ProblemType type) =>
        Assert.Equal(type.Uri, (await ApiApp.ReadAsync(answer, status)).GetProperty("type").GetString());

    private async Task<ulong> SubmitAsync(HttpClient http, string command)
    {
        var answer = await (await http.PostAsync($"/v1/jobs/submit?command={Uri.EscapeDataString(command)}", null, Token)).Content.ReadAsStringAsync(Token);
        return JsonElement.Parse(answer).GetProperty("id").GetUInt64();
    }
}
