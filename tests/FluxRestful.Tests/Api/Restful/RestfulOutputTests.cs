using System.Text;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Tests.Api.Jobs.Output;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;
using static FluxRestful.Tests.Api.Jobs.Output.OneJob;

namespace FluxRestful.Tests.Api.Restful;

/// <summary>How what a job wrote is shown by <c>/v1</c>, as lines of JSON and as a stream of text.</summary>
public sealed class RestfulOutputTests
{
    private const string Path = $"/v1/jobs/{Id}/output";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Each_line_is_one_entry_with_its_newline() => ShowsAsync(["hello\n", "world\n"], Data("hello\n"), Data("world\n"), Data("", eof: true));

    [Fact]
    public Task A_last_piece_without_newline_is_an_entry() => ShowsAsync(["hello\n", "wor"], Data("hello\n"), Data("wor"), Data("", eof: true));

    [Fact]
    public Task Pieces_of_a_line_are_joined_whatever_comes_between() =>
        ShowsAsync(["error\n", "hello world\n"], Data("hello "), Data("error\n", "stderr"), Data("world\n"));

    [Fact]
    public Task Tasks_are_not_mixed() =>
        ShowsAsync(["a1\n", "b2\n", "c\n", "d"], Data("a"), Data("b", rank: "1"), Data("1\n"), Data("2\nc\nd", rank: "1"), Data("", rank: "1", eof: true));

    [Fact]
    public Task A_character_in_two_pieces_is_one_and_what_is_no_text_is_replaced()
    {
        var pancakes = Encoding.UTF8.GetBytes("🥞\n");
        return ShowsAsync(["🥞\n", "a\uFFFDb\n", "a\uFFFD"], Bytes(pancakes[..2]), Bytes(pancakes[2..]), Bytes((byte)'a', 0xFF, (byte)'b', (byte)'\n'), Bytes((byte)'a', 0xF0));
    }

    [Fact]
    public Task Output_in_a_file_and_the_shells_errors_are_told_and_its_chatter_is_not() => ShowsAsync(
        ["0-1: stdout redirected to /tmp/out\n", "flux-shell: no such directory\n"], Redirect("/tmp/out"), Log(3, "no such directory\n"), Log(6, "by the way"), Log(7, "detail"));

    [Fact]
    public async Task What_has_no_end_yet_is_shown_last_while_the_job_runs()
    {
        await using var broker = Writing(ends: false, Data("wor"), Data("hello\n", "stderr"));
        await using var app = await StartAsync(broker);
        Assert.Equal((string[])["hello\n", "wor"], await LinesAsync(app));
    }

    [Fact]
    public async Task Beyond_the_limit_the_rest_is_left_out_and_this_is_told_and_the_stream_has_all()
    {
        // Empty lines are not free.
        await using var broker = Writing(ends: true, Data(new string('\n', 100)));
        await using var app = await StartAsync(broker, ("Jobs:MaxOutputBytes", "1024"));
        var lines = await LinesAsync(app);
        Assert.Equal(30, lines.Length - 1);
        Assert.Equal("[the output takes more than 1024 bytes; the rest is left out here, the stream has it]\n", lines[^1]);
        Assert.Equal(100, (await app.App.ClientFor(TestApp.Superuser).GetStringAsync($"{Path}/stream", Token)).Length);
    }

    [Fact]
    public async Task However_many_follow_an_output_the_broker_is_asked_once()
    {
        var going = new TaskCompletionSource();
        await using var broker = OneJob.Writing(async call =>
        {
            await TellAsync(call, Data("first\n"));
            await going.Task;
            await TellAsync(call, Data("last\n"));
            await call.EndAsync();
        });
        await using var app = await StartAsync(broker);
        var client = app.App.ClientFor(TestApp.Superuser);
        var responses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.GetAsync($"{Path}/stream", HttpCompletionOption.ResponseHeadersRead, Token)));
        going.SetResult();
        Assert.All(await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync(Token))), text => Assert.Equal("first\nlast\n", text));
        Assert.Single(broker.PayloadsOf("job-info.eventlog-watch"), request => request.Contains(JobInfo.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_that_cannot_go_on_is_broken_off_and_no_failure_of_the_servers()
    {
        var log = new MemoryLog();
        var purged = new TaskCompletionSource();
        await using var broker = OneJob.Writing(async call =>
        {
            await TellAsync(call, Data("first\n"));
            await purged.Task;
            await call.FailAsync(Errno.ENOENT);
        }).Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var app = await ApiApp.StartAsync(
            new TestApp { ConfigureServices = services => services.AddSingleton<ILogEventSink>(log), Settings = { ["Serilog:MinimumLevel:Default"] = "Information" } }, ("FLUX_URI", broker.Uri));
        using var response = await app.App.ClientFor(TestApp.Superuser).GetAsync($"{Path}/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal("first", await reader.ReadLineAsync(Token));
        purged.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync(Token));
        await Eventually.TrueAsync(() => log.Text.Contains("/stream\" responded", StringComparison.Ordinal), Token);
        Assert.DoesNotContain("Exception", log.Text, StringComparison.Ordinal);
    }

    private static async Task ShowsAsync(string[] expected, params object[] entries)
    {
        await using var broker = Writing(ends: true, entries);
        await using var app = await StartAsync(broker);
        Assert.Equal(expected, await LinesAsync(app));
        Assert.Equal(string.Concat(expected), await app.App.ClientFor(TestApp.Superuser).GetStringAsync($"{Path}/stream", Token));
    }

    private static Task<ApiApp> StartAsync(FakeBroker broker, params (string Name, string? Value)[] settings) =>
        ApiApp.StartAsync(new TestApp(), [("FLUX_URI", broker.Uri), .. settings]);

    private static async Task<string[]> LinesAsync(ApiApp app) =>
        [.. (await ApiApp.GetAsync(app.App.ClientFor(TestApp.Superuser), Path)).GetProperty("Output").EnumerateArray().Select(line => line.GetString()!)];
}
