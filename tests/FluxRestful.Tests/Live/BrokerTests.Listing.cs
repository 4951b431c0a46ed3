using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Signing;

namespace FluxRestful.Tests.Live;

// Lists, counters, data of jobs and the journal.
public abstract partial class BrokerTests
{
    [Fact]
    public async Task Jobs_are_listed_by_what_they_are()
    {
        var mark = $"list-{Guid.NewGuid():N}";
        // One after the other: which of two that run at once ends first is anybody's guess.
        var done = await Broker.SubmitAsync(Named("true", mark));
        await Broker.EndAsync(done);
        var failed = await Broker.SubmitAsync(Named("false", mark));
        var ended = await Broker.EndAsync(failed);
        var held = await Broker.SubmitAsync(Named("true", mark), urgency: 0);
        await Broker.ReachAsync(held, JobState.Sched);
        var named = new { name = (string[])[mark] };

        Assert.Equal([held, failed, done], await IdsAsync(named));
        Assert.Equal([held], await IdsAsync(And(named, new { states = (string[])["pending"] })));
        Assert.Equal([held], await IdsAsync(And(named, new { states = (int[])[14] })));
        Assert.Equal([done], await IdsAsync(And(named, new { results = (string[])["completed"] })));
        Assert.Equal([failed], await IdsAsync(And(named, new { results = (string[])["F"] })));
        Assert.Equal([failed, done], await IdsAsync(And(named, new { not = (object[])[new { states = (string[])["active"] }] })));
        Assert.Equal([failed, done], await IdsAsync(And(named, new { or = (object[])[new { results = (string[])["failed"] }, new { results = (string[])["CD"] }] })));
        Assert.Equal([held, failed, done], await IdsAsync(And(named, new { userid = (int[])[UserId.Mine] })));
        Assert.Empty(await IdsAsync(And(named, new { userid = (int[])[UserId.Mine + 1] })));
        Assert.Equal([failed, done], await IdsAsync(And(named, new { t_run = (string[])[">1.0"] })));
        var late = ended.GetProperty("t_inactive").GetDouble().ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal([failed], await IdsAsync(And(named, new { t_inactive = (string[])[$">={late}"] })));
        Assert.Equal([failed, done], await IdsAsync(And(named, new { ranks = (string[])["0-7"] })));
        Assert.Equal([held], [.. (await Broker.ListAsync(named, maxEntries: 1)).Select(BrokerSession.IdIn)]);
        await Broker.CancelAsync(held);
        await Broker.EndAsync(held);

        async Task<JobId[]> IdsAsync(object constraint) => [.. (await Broker.ListAsync(constraint)).Select(BrokerSession.IdIn)];

        static object And(params object[] all) => new { and = all };
    }

    [Fact]
    public async Task A_list_holds_the_attributes_that_were_asked_for()
    {
        var mark = $"attrs-{Guid.NewGuid():N}";
        await Broker.RunAsync(Named("true", mark));

        var job = Assert.Single(await Broker.ListAsync(new { name = (string[])[mark] }, 0, "state", "result", "queue"));

        Assert.Equal(["id", "state", "result"], [.. job.EnumerateObject().Select(each => each.Name).OrderBy(name => "isr".IndexOf(name[0], StringComparison.Ordinal))]);
        Assert.Equal((Errno.EINVAL, "id is not a valid attribute"), await Broker.RefusalAsync(
            "job-list.list", new { max_entries = 0, attrs = (string[])["id"], constraint = new { } }));
        Assert.Equal((Errno.EINVAL, "nosuch is not a valid attribute"), await Broker.RefusalAsync(
            "job-list.list-id", new { id = BrokerSession.IdIn(job).WireValue, attrs = (string[])["nosuch"] }));
    }

    [Fact]
    public async Task A_streamed_list_holds_one_job_an_answer()
    {
        var mark = $"stream-{Guid.NewGuid():N}";
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Broker.RunAsync(Named("true", mark))));

        var answers = new List<JsonElement>();
        var request = BrokerSession.Request("job-list.list", new { max_entries = 0, attrs = (string[])["all"], constraint = new { name = (string[])[mark] } });
        await foreach (var answer in Broker.Client.StreamAsync(request, null, Broker.Token))
        {
            answers.Add(answer);
        }

        Assert.Equal(3, answers.Count);
        Assert.All(answers, answer => Assert.Single(answer.GetProperty("jobs").EnumerateArray()));
    }

    [Fact]
    public async Task A_constraint_that_is_none_is_a_protocol_error()
    {
        object[] constraints = [new { nosuch = (string[])["x"] }, new { states = (string[])["nosuch"] }, new { name = "no list" }, new { t_run = (string[])["1.0"] }];
        foreach (var constraint in constraints)
        {
            var (errnum, text) = await Broker.RefusalAsync("job-list.list", new { max_entries = 0, attrs = (string[])["all"], constraint });
            Assert.Equal(Errno.EPROTO, errnum);
            Assert.StartsWith("invalid payload: constraint object invalid", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_job_can_be_asked_for_in_the_moment_of_its_submit()
    {
        for (var i = 0; i < 10; i++)
        {
            var id = await Broker.SubmitAsync("true");
            Assert.Equal(id, BrokerSession.IdIn(await Broker.GetAsync(id)));
        }
    }

    [Fact]
    public async Task Ended_jobs_are_counted_by_result()
    {
        var before = await Broker.CallAsync("job-list.job-stats", new { });
        await Broker.RunAsync(Jobspecs.Of("true"));
        await Broker.RunAsync(Jobspecs.Of("false"));
        var held = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        await Broker.ReachAsync(held, JobState.Sched);
        var meanwhile = await Broker.CallAsync("job-list.job-stats", new { });
        await Broker.CancelAsync(held);
        await Broker.EndAsync(held);
        var after = await Broker.CallAsync("job-list.job-stats", new { });

        Assert.Equal(1, Grown("successful"));
        Assert.Equal(1, Grown("failed"));
        Assert.Equal(1, Grown("canceled"));
        Assert.Equal(0, Grown("timeout"));
        Assert.Equal(1, meanwhile.GetProperty("job_states").GetProperty("sched").GetInt32());
        Assert.Equal(3, State(after, "inactive") - State(before, "inactive"));
        Assert.Equal(3, State(after, "total") - State(before, "total"));

        int Grown(string name) => after.GetProperty(name).GetInt32() - before.GetProperty(name).GetInt32();

        static int State(JsonElement stats, string name) => stats.GetProperty("job_states").GetProperty(name).GetInt32();
    }

    // Surprise 47.
    [Fact]
    public async Task The_stored_jobspec_has_no_environment_and_j_has()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true").With("system.environment.GREETING", "hello").With("user.note", "mine"));
        await Broker.EndAsync(id);

        var answer = await Broker.CallAsync("job-info.lookup", new { id = id.WireValue, keys = (string[])["jobspec", "R", "J", "eventlog"], flags = 0 });

        var jobspec = JsonDocument.Parse(answer.GetProperty("jobspec").GetString()!).RootElement.GetProperty("attributes");
        Assert.False(jobspec.GetProperty("system").TryGetProperty("environment", out _));
        Assert.Equal("mine", jobspec.GetProperty("user").GetProperty("note").GetString());
        Assert.Contains("GREETING", Encoding.UTF8.GetString(UnsignedJobspec.Parse(answer.GetProperty("J").GetString()!).Jobspec.Span), StringComparison.Ordinal);
        Assert.StartsWith("""{"version": 1, "execution":""".Replace(" ", "", StringComparison.Ordinal), answer.GetProperty("R").GetString()!.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("submit", JobEvent.Parse(answer.GetProperty("eventlog").GetString()!.Split('\n')[0]).Name);
        Assert.Equal(Errno.ENOENT, (await Broker.RefusalAsync("job-info.lookup", new { id = id.WireValue, keys = (string[])["nosuch"], flags = 0 })).Errnum);
        var decoded = await Broker.CallAsync("job-info.lookup", new { id = id.WireValue, keys = (string[])["jobspec"], flags = 1 });
        Assert.Equal(JsonValueKind.Object, decoded.GetProperty("jobspec").ValueKind);
    }

    // Surprise 12: getattr has no lag.
    [Fact]
    public async Task The_job_manager_has_all_events_at_once()
    {
        var id = await Broker.SubmitAsync("true");
        await Broker.EndAsync(id);

        var answer = await Broker.CallAsync("job-manager.getattr", new { id = id.WireValue, attrs = (string[])["eventlog", "jobspec", "R"] });

        Assert.Equal("clean", answer.GetProperty("eventlog").EnumerateArray().Last().GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Object, answer.GetProperty("R").ValueKind);
        Assert.Equal("true", answer.GetProperty("jobspec").GetProperty("tasks")[0].GetProperty("command")[0].GetString());
    }

    [Fact]
    public async Task The_eventlog_tells_the_life_of_a_job()
    {
        var id = await Broker.SubmitAsync("true");

        var names = new List<string>();
        await foreach (var each in Broker.WatchAsync(id, "eventlog"))
        {
            names.Add(each!.Name);
        }

        Assert.Equal(["submit", "validate", "depend", "priority", "alloc", "start", "finish", "release", "free", "clean"], names);
    }

    [Fact]
    public async Task A_sentinel_parts_what_was_there_from_what_comes()
    {
        var id = await Broker.SubmitAsync("true");
        await Broker.EndAsync(id);
        await foreach (var each in Broker.WatchAsync(id, "eventlog", flags: 0))
        {
            if (each!.Name == "clean")
            {
                break;
            }
        }

        var events = new List<string?>();
        await foreach (var each in Broker.WatchAsync(id, "guest.exec.eventlog", flags: 2))
        {
            events.Add(each?.Name);
        }

        Assert.Contains(null, events);
        Assert.Equal("done", events.Last(name => name is not null));
    }

    [Fact]
    public async Task The_journal_gives_the_backlog_and_then_what_happens()
    {
        var before = await Broker.SubmitAsync(Jobspecs.Of("true").With("system.environment.GREETING", "hello"));
        await Broker.EndAsync(before);
        var now = default(JobId);
        JournalEntry? backlog = null;
        var live = new List<JournalEntry>();

        await foreach (var entry in Broker.JournalAsync(full: true))
        {
            if (entry.IsCaughtUp)
            {
                Assert.Empty(entry.Events);
                now = await Broker.SubmitAsync("echo", "x");
            }
            else if (entry.JobId == before)
            {
                Assert.Null(backlog);
                backlog = entry;
            }
            else if (now != default && entry.JobId == now)
            {
                live.Add(entry);
                if (entry.Events[0].Name == "clean")
                {
                    break;
                }
            }
        }

        Assert.NotNull(backlog);
        Assert.Equal(["submit", "validate", "depend", "priority", "alloc", "start", "finish", "release", "free", "clean"], [.. backlog.Events.Select(each => each.Name)]);
        Assert.NotNull(backlog.R);
        Assert.False(backlog.Jobspec!.Value.GetProperty("attributes").GetProperty("system").TryGetProperty("environment", out _));
        Assert.All(live, entry => Assert.Single(entry.Events));
        Assert.Equal(["submit", "validate", "depend", "priority", "alloc", "start", "finish", "release", "free", "clean"],
            [.. live.Select(entry => entry.Events[0].Name).Where(name => name != "annotations")]);
        Assert.All(live, entry => Assert.Equal(entry.Events[0].Name == "submit", entry.Jobspec is not null));
        Assert.All(live, entry => Assert.Equal(entry.Events[0].Name == "alloc", entry.R is not null));
    }

    [Fact]
    public async Task A_journal_that_is_not_full_leaves_ended_jobs_out()
    {
        await Broker.RunAsync(Jobspecs.Of("true"));
        var held = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        await Broker.ReachAsync(held, JobState.Sched);

        var ids = new List<JobId>();
        await foreach (var entry in Broker.JournalAsync(full: false))
        {
            if (entry.IsCaughtUp)
            {
                break;
            }

            ids.Add(entry.JobId);
        }

        Assert.Equal([held], ids);
        await Broker.CancelAsync(held);
        await Broker.EndAsync(held);
    }

    private static JsonObject Named(string program, string name) => Jobspecs.Of(program).With("system.job.name", name);
}
