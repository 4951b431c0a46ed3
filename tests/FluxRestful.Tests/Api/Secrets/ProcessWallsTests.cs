using System.Diagnostics;
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
        // The same questions about a process that has no walls, to see that they would find something.
        var said = await RunAsync(server, $"""
            sleep 60 & other=$!
            for process in {server.Id} $other
            do
                if [ $process = $other ]; then is="is not closed"; else is="is open"; fi
                cat /proc/$process/environ > /dev/null && echo environ $is
                (exec 3< /proc/$process/mem) && echo mem $is
                ls /proc/$process/fd/0 && echo fd $is
            done
            kill $other
            ls /tmp/dotnet-diagnostic-{server.Id}-* && echo a diagnostic port is open
            ls /tmp/clr-debug-pipe-{server.Id}-* && echo a debugger port is open
            id -u
            echo the end
            """);
        Assert.DoesNotContain("is open", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Hush, said, StringComparison.Ordinal);
        Assert.Contains("Permission denied", said, StringComparison.Ordinal);
        Assert.Contains("the end", said, StringComparison.Ordinal);
        foreach (var what in (string[])["environ", "mem", "fd"])
        {
            Assert.Contains(what + " is not closed", said, StringComparison.Ordinal);
        }

        // A runtime that nobody stops opens the port: this one has it.
        if (Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") != "0")
        {
            Assert.NotEmpty(Directory.GetFiles(Path.GetTempPath(), $"dotnet-diagnostic-{Environment.ProcessId}-*"));
        }
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

        // What nobody wipes is there for as long as the process lives.
        using var other = Process.Start(new ProcessStartInfo("sleep", "60") { Environment = { ["FLUX_TOKEN"] = Hush } })!;
        try
        {
            await Eventually.TrueAsync(
                async () => (await File.ReadAllTextAsync($"/proc/{other.Id}/environ", Token)).Contains("FLUX_TOKEN=" + Hush, StringComparison.Ordinal), Token);
        }
        finally
        {
            other.Kill();
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
