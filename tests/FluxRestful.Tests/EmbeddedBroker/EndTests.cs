using System.Globalization;
using FluxRestful.Core.Framing;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.EmbeddedBroker;

public class EndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Children_and_directory_are_gone_when_the_broker_is_killed()
    {
        using var process = await BrokerProcess.StartAsync(Token);
        await using var session = await BrokerSession.ConnectAsync(process.Uri);
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "trap '' HUP TERM; echo $$; sleep 300; sleep 300"]));
        var watch = await session.SendAsync("job-info.eventlog-watch", new { id, path = "guest.output", flags = 1 }, MessageFlags.Streaming);
        var pid = 0;
        while (pid == 0)
        {
            var context = System.Text.Json.JsonDocument.Parse(BrokerSession.Json(await session.NextAsync(watch)).GetProperty("event").GetString()!).RootElement.GetProperty("context");
            pid = context.TryGetProperty("data", out var data) ? int.Parse(data.GetString()!, CultureInfo.InvariantCulture) : 0;
        }

        Assert.False(BrokerProcess.IsGone(pid));
        process.Kill();

        await Eventually.TrueAsync(() => BrokerProcess.IsGone(pid), Token);
        await Eventually.TrueAsync(() => !Directory.Exists(Path.GetDirectoryName(new Uri(process.Uri).AbsolutePath)), Token);
    }

    [Fact]
    public async Task Disposing_the_broker_ends_its_children_its_directory_and_its_watchdog()
    {
        var session = await BrokerSession.StartAsync();
        var directory = Path.GetDirectoryName(new Uri(session.Broker.Uri).AbsolutePath)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        await session.UntilAsync(await session.SubmitAsync(BrokerSession.Jobspec(["sleep", "300"])), 16);
        var watchdog = session.Broker.WatchdogProcessId;
        Assert.False(BrokerProcess.IsGone(watchdog));

        await session.Broker.DisposeAsync();

        Assert.False(Directory.Exists(directory));
        Assert.True(BrokerProcess.IsGone(watchdog));
        await session.DisposeAsync();
    }

    [Fact]
    public async Task A_shutdown_cancels_what_runs_ends_the_journal_and_tells_the_host()
    {
        await using var session = await BrokerSession.StartAsync();
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sleep", "300"]));
        await session.UntilAsync(id, 16);
        var journal = await session.SendAsync("job-manager.events-journal", new { }, MessageFlags.Streaming);

        var (lines, errnum) = await session.ReadAsync("shutdown.start", new { loglevel = 6 });
        await session.Broker.Completion.WaitAsync(TimeSpan.FromSeconds(20), Token);
        await session.Broker.DisposeAsync();

        Assert.Equal(61, errnum);
        Assert.All(lines, line => Assert.EndsWith("\n", line.GetProperty("log").GetString(), StringComparison.Ordinal));
        FluxMessage last;
        do
        {
            last = await session.NextAsync(journal);
        }
        while (last.Errnum == 0);
        Assert.Equal(61, last.Errnum);
    }
}
