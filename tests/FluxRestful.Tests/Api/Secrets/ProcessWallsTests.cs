using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Secrets;

/// <summary>A job of the server's own account looks at the server.</summary>
public sealed class ProcessWallsTests
{
    private const string Hush = "hush-hush-hush";

    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public ProcessWallsTests() => _patience.CancelAfter(TimeSpan.FromSeconds(90));

    private CancellationToken Token => _patience.Token;

    [Fact]
    public async Task A_job_can_read_neither_the_environment_nor_the_memory_nor_the_files_of_the_server()
    {
        // Root reads everything: the server has to be somebody else.
        Assert.SkipUnless(ServerProcess.CanBeUnprivileged, "Neither an ordinary account, nor root with setpriv.");
        await using var server = ServerProcess.StartUnprivileged([("FLUX_TOKEN", Hush), ("FLUX_SECRET_KEY", Hush), ("Broker__Mode", "embedded")]);
        await server.ReadyAsync(Token);
        var said = await RunAsync(server, $"""
            cat /proc/{server.Id}/environ && echo environ is open
            head -c 1 /proc/{server.Id}/mem && echo mem is open
            ls /proc/{server.Id}/fd/0 && echo fd is open
            ls /tmp/dotnet-diagnostic-{server.Id}-* && echo a diagnostic port is open
            ls /tmp/clr-debug-pipe-{server.Id}-* && echo a debugger port is open
            id -u
            echo the end
            """);
        Assert.DoesNotContain("is open", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Hush, said, StringComparison.Ordinal);
        Assert.Contains("Permission denied", said, StringComparison.Ordinal);
        Assert.Contains("the end", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_read_the_servers_environment_finds_no_secret_in_it()
    {
        await using var server = ServerProcess.Start(("FLUX_TOKEN", Hush), ("FLUX_SECRET_KEY", Hush), ("Users__0__Name", "peenut"), ("Users__0__Password", Hush), ("Broker__Mode", "embedded"));
        await server.ReadyAsync(Token);
        // The secret was read all the same.
        var said = await RunAsync(server, $"tr '\\0' '\\n' < /proc/{server.Id}/environ; env; echo the end");
        Assert.Contains("the end", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Hush, said, StringComparison.Ordinal);
        if (Environment.UserName == "root")
        {
            Assert.Contains("FLUX_TOKEN=", said, StringComparison.Ordinal);
        }
    }

    private async Task<string> RunAsync(ServerProcess server, string script)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("fluxuser:" + Hush)));
        var submitted = await http.PostAsJsonAsync("/v1/jobs/submit", new { command = new[] { "sh", "-c", $"({script}) 2>&1" }, workdir = "/tmp" }, Token);
        var answer = await submitted.Content.ReadAsStringAsync(Token);
        Assert.True(submitted.IsSuccessStatusCode, answer);
        var id = JsonElement.Parse(answer).GetProperty("id").GetUInt64().ToString(CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(async () => (await http.GetStringAsync($"/v1/jobs/{id}", Token)).Contains("INACTIVE", StringComparison.Ordinal), Token);
        return string.Join('\n', JsonElement.Parse(await http.GetStringAsync($"/v1/jobs/{id}/output", Token)).GetProperty("Output").EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n')));
    }
}
