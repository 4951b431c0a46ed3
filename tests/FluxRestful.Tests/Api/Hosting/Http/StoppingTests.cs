using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Hosting.Http;

/// <summary>What a server that is told to end does to those who are being answered.</summary>
public sealed class StoppingTests
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public StoppingTests() => _patience.CancelAfter(TimeSpan.FromSeconds(120));

    private CancellationToken Token => _patience.Token;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_answer_under_way_is_completed(string signal)
    {
        await using var server = ServerProcess.Start(("FLUX_REQUIRE_AUTH", "false"));
        await server.ReadyAsync(Token);
        using var http = new HttpClient { BaseAddress = server.Address };
        var id = await RunAsync(http, "sh -c 'head -c 20000000 /dev/zero | tr \"\\0\" x | fold -w 1000'", "INACTIVE");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/output");
        request.Headers.Accept.ParseAdd("text/plain");
        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        await using var body = await answer.Content.ReadAsStreamAsync(Token);
        await body.ReadExactlyAsync(new byte[1000], Token);

        await server.SignalAsync(signal, Token);
        using var rest = new MemoryStream();
        await body.CopyToAsync(rest, Token);
        Assert.Equal(20_019_999 - 1000, rest.Length);
        Assert.Equal(0, (await server.EndAsync(Token)).Code);
    }

    [Fact]
    public async Task Followers_are_told_goodbye_and_silent_connections_do_not_hold_the_end_up()
    {
        await using var server = ServerProcess.Start(("FLUX_REQUIRE_AUTH", "false"));
        await server.ReadyAsync(Token);
        using var http = new HttpClient { BaseAddress = server.Address };
        var id = await RunAsync(http, "sh -c 'echo begun; sleep 1000'", "RUN");
        using var events = await ServerEvents.OpenAsync(http, $"/api/v1/jobs/{id}/output", null, Token);
        Assert.Equal("lines", (await events.NextAsync(Token))?.Name);
        using var all = await ServerEvents.OpenAsync(http, "/api/v1/events", null, Token);
        using var old = await http.GetAsync($"/v1/jobs/{id}/output/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var silent = await RawClient.ConnectAsync(server.Address, Token);

        var started = TimeProvider.System.GetTimestamp();
        await server.TerminateAsync(Token);
        Assert.Equal("goodbye", (await events.NextAsync(Token))?.Name);
        Assert.Null(await events.NextAsync(Token));
        var names = new List<string>();
        while (await all.NextAsync(Token) is { } next)
        {
            names.Add(next.Name);
        }

        Assert.Equal("goodbye", names[^1]);
        // Broken off: nobody takes it for the end of the job.
        await Assert.ThrowsAnyAsync<Exception>(() => old.Content.ReadAsStringAsync(Token));
        Assert.Equal(0, (await server.EndAsync(Token)).Code);
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_server_in_the_background_is_not_ended_by_an_interrupt()
    {
        await using var server = ServerProcess.StartInBackground();
        await server.ReadyAsync(Token);
        await server.SignalAsync("INT", Token);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("OK", (await http.GetAsync("/health", Token)).StatusCode.ToString());
        await server.TerminateAsync(Token);
        Assert.Equal(0, (await server.EndAsync(Token)).Code);
    }

    private async Task<ulong> RunAsync(HttpClient http, string command, string state)
    {
        var answer = await (await http.PostAsync($"/v1/jobs/submit?command={Uri.EscapeDataString(command)}", null, Token)).Content.ReadAsStringAsync(Token);
        var id = JsonElement.Parse(answer).GetProperty("id").GetUInt64();
        await Eventually.TrueAsync(
            async () => JsonElement.Parse(await http.GetStringAsync($"/v1/jobs/{id}", Token)).GetProperty("state").GetString() == state, Token);
        return id;
    }
}
