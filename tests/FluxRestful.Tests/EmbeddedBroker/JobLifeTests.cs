using System.Text.Json;

namespace FluxRestful.Tests.EmbeddedBroker;

public class JobLifeTests
{
    [Fact]
    public async Task A_job_runs_and_its_events_output_and_record_tell_of_it()
    {
        await using var session = await BrokerSession.StartAsync();
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "echo out; echo err >&2; exit 3"]));

        var job = await session.UntilAsync(id);

        Assert.Equal(768, job.GetProperty("waitstatus").GetInt32());
        Assert.Equal(2, job.GetProperty("result").GetInt32());
        Assert.Equal("node0", job.GetProperty("nodelist").GetString());
        Assert.Equal("out\n", await session.OutputAsync(id));
        Assert.Equal("err\n", await session.OutputAsync(id, "stderr"));
        var events = (await session.LogAsync(id, "eventlog")).ConvertAll(entry => entry.GetProperty("name").GetString());
        Assert.Equal(["submit", "validate", "depend", "priority", "alloc", "start", "finish", "release", "free", "clean"], events);
    }

    [Theory]
    [InlineData("exit 0", 0, 1)]
    [InlineData("exit 255", 65280, 2)]
    [InlineData("kill -9 $$", 35072, 2)]
    [InlineData("kill -15 $$", 36608, 2)]
    [InlineData("trap 'exit 0' TERM; kill $$; sleep 5", 0, 1)]
    public async Task The_wait_status_is_what_flux_makes_of_it(string script, int status, int result)
    {
        await using var session = await BrokerSession.StartAsync();

        var job = await session.UntilAsync(await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", script])));

        Assert.Equal((status, result), (job.GetProperty("waitstatus").GetInt32(), job.GetProperty("result").GetInt32()));
    }

    [Fact]
    public async Task A_running_job_is_cancelled_with_its_note_and_a_pending_one_never_runs()
    {
        await using var session = await BrokerSession.StartAsync();
        var running = await session.SubmitAsync(BrokerSession.Jobspec(["sleep", "60"], slots: 2));
        var pending = await session.SubmitAsync(BrokerSession.Jobspec(["true"]));
        await session.UntilAsync(running, 16);

        await session.GetAsync("job-manager.raise", new { id = pending, type = "cancel", severity = 0 });
        await session.GetAsync("job-manager.raise", new { id = running, type = "cancel", severity = 0, note = "stop it" });

        var (first, second) = (await session.UntilAsync(running), await session.UntilAsync(pending));
        Assert.Equal((4, 36608), (first.GetProperty("result").GetInt32(), first.GetProperty("waitstatus").GetInt32()));
        Assert.Equal("stop it", first.GetProperty("exception_note").GetString());
        Assert.Equal(4, second.GetProperty("result").GetInt32());
        Assert.False(second.TryGetProperty("waitstatus", out _));
    }

    [Fact]
    public async Task The_journal_brings_a_backlog_then_a_sentinel_then_one_event_a_message()
    {
        await using var session = await BrokerSession.StartAsync();
        var old = await session.SubmitAsync(BrokerSession.Jobspec(["true"]));
        await session.UntilAsync(old);
        var journal = await session.SendAsync("job-manager.events-journal", new { full = true }, FluxRestful.Core.Framing.MessageFlags.Streaming);

        var backlog = BrokerSession.Json(await session.NextAsync(journal));
        var sentinel = BrokerSession.Json(await session.NextAsync(journal));
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["true"]));
        var names = new List<string?>();
        JsonElement live;
        do
        {
            live = BrokerSession.Json(await session.NextAsync(journal));
            names.Add(Assert.Single(live.GetProperty("events").EnumerateArray()).GetProperty("name").GetString());
        }
        while (names[^1] != "clean");

        Assert.Equal(old, backlog.GetProperty("id").GetInt64());
        Assert.Equal(10, backlog.GetProperty("events").GetArrayLength());
        Assert.False(backlog.GetProperty("jobspec").GetProperty("attributes").GetProperty("system").TryGetProperty("environment", out _));
        Assert.Equal(-1, sentinel.GetProperty("id").GetInt64());
        Assert.Equal(id, live.GetProperty("id").GetInt64());
        Assert.Equal(["submit", "validate", "depend", "priority", "annotations", "alloc", "start", "finish", "release", "free", "clean"], names);
    }
}
