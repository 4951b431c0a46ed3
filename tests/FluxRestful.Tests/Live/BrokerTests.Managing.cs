using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Live;

// Holding, updating, annotating; queues.
public abstract partial class BrokerTests
{
    [Fact]
    public async Task A_held_job_waits_until_it_is_released()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        var held = await Broker.ReachAsync(id, JobState.Sched);
        Assert.Equal((JobState.Sched, 0, 0), (StateOf(held), Number(held, "urgency"), Number(held, "priority")));

        var answer = await Broker.CallAsync("job-manager.urgency", new { id = id.WireValue, urgency = 20 });

        Assert.Equal(0, answer.GetProperty("old_urgency").GetInt32());
        var job = await Broker.EndAsync(id);
        Assert.Equal(JobResult.Completed, ResultOf(job));
        Assert.Equal((20, 20), (Number(job, "urgency"), Number(job, "priority")));
    }

    [Fact]
    public async Task An_expedited_job_has_the_highest_priority()
    {
        var job = await Broker.EndAsync(await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 31));

        Assert.Equal(4294967295, job.GetProperty("priority").GetInt64());
        Assert.Equal(31, Number(job, "urgency"));
    }

    [Fact]
    public async Task The_urgency_of_a_running_job_is_fixed()
    {
        var id = await Broker.SubmitAsync("sleep", "60");
        await Broker.ReachAsync(id, JobState.Run);

        var refusal = await Broker.RefusalAsync("job-manager.urgency", new { id = id.WireValue, urgency = 3 });

        Assert.Equal((Errno.EINVAL, "urgency cannot be changed once resources are allocated"), refusal);
        await Broker.CancelAsync(id);
        await Broker.EndAsync(id);
    }

    [Fact]
    public async Task The_duration_of_a_pending_job_can_be_changed()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true").With("system.duration", 100), urgency: 0);

        await Broker.CallAsync("job-manager.update", new { id = id.WireValue, updates = Duration(200) });

        await Broker.CallAsync("job-manager.urgency", new { id = id.WireValue, urgency = 16 });
        var job = await Broker.EndAsync(id);
        Assert.Equal(200, Real(job, "duration"));
        Assert.InRange(Real(job, "expiration") - Real(job, "t_run"), 199, 201);
    }

    [Fact]
    public async Task The_duration_of_a_running_job_moves_its_end()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("sleep", "60").With("system.duration", 300));
        await Broker.ExecEventAsync(id, "shell.start");
        var began = Real(await Broker.GetAsync(id), "t_run");

        await Broker.CallAsync("job-manager.update", new { id = id.WireValue, updates = Duration(500) });
        Assert.InRange(Real(await Broker.GetAsync(id), "expiration") - began, 499, 501);

        await Broker.CallAsync("job-manager.update", new { id = id.WireValue, updates = Duration(2) });
        Assert.Equal(JobResult.Timeout, ResultOf(await Broker.EndAsync(id)));
    }

    [Fact]
    public async Task What_can_not_be_updated_is_refused()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);

        Assert.Equal((Errno.EINVAL, "duration must not be negative"), await Broker.RefusalAsync("job-manager.update", new { id = id.WireValue, updates = Duration(-1) }));
        var (errnum, text) = await Broker.RefusalAsync(
            "job-manager.update", new { id = id.WireValue, updates = new Dictionary<string, string> { ["attributes.system.cwd"] = "/" } });
        Assert.Equal((Errno.EINVAL, "update of attributes.system.cwd not supported"), (errnum, text));
        await Broker.CancelAsync(id);
        await Broker.EndAsync(id);
    }

    [Fact]
    public async Task A_memo_is_merged_into_the_annotations()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);

        await Broker.CallAsync("job-manager.memo", new { id = id.WireValue, memo = new { color = "red", size = 1 } });
        await Broker.CallAsync("job-manager.memo", new { id = id.WireValue, memo = new Dictionary<string, object?> { ["color"] = null, ["shape"] = "round" } });

        await Broker.CallAsync("job-manager.urgency", new { id = id.WireValue, urgency = 16 });
        var user = (await Broker.EndAsync(id)).GetProperty("annotations").GetProperty("user");
        Assert.Equal(1, user.GetProperty("size").GetInt32());
        Assert.Equal("round", user.GetProperty("shape").GetString());
        Assert.False(user.TryGetProperty("color", out _));
    }

    [Fact]
    public async Task All_jobs_of_a_kind_can_be_canceled_at_once()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0)));
        await Task.WhenAll(ids.Select(id => Broker.ReachAsync(id, JobState.Sched)));

        var answer = await Broker.CallAsync(
            "job-manager.raiseall", new { dry_run = false, userid = uint.MaxValue, states = 14, severity = 0, type = "cancel" });

        Assert.Equal((5, 0), (answer.GetProperty("count").GetInt32(), answer.GetProperty("errors").GetInt32()));
        Assert.All(await Task.WhenAll(ids.Select(Broker.EndAsync)), job => Assert.Equal(JobResult.Canceled, ResultOf(job)));
    }

    [Fact]
    public async Task A_purged_job_is_forgotten_and_an_event_says_so()
    {
        var id = JobId.FromWire((await Broker.RunAsync(Jobspecs.Of("true"))).GetProperty("id").GetInt64());
        var subscribed = new TaskCompletionSource();
        var purged = Task.Run(async () =>
        {
            await foreach (var message in Broker.Client.SubscribeAsync("job-purge-inactive", Broker.Token, subscribed.SetResult))
            {
                return JsonDocument.Parse(message.Payload!.Value.ToArray().AsMemory()[..^1]).RootElement.GetProperty("jobs")[0].GetInt64();
            }

            return 0L;
        });
        await subscribed.Task.WaitAsync(Broker.Token);

        await Broker.CallAsync("job-manager.purge-id", new { id = id.WireValue, force = 1 });

        Assert.Equal(id.WireValue, await purged);
        await Fakes.Eventually.TrueAsync(
            async () => !(await Broker.ListAsync(new { })).Any(job => BrokerSession.IdIn(job) == id), BrokerSession.Patience, Broker.Token);
    }

    [Fact]
    public async Task A_job_submitted_to_a_stopped_queue_waits_until_it_is_started()
    {
        await Broker.CallAsync("job-manager.queue-start", new { start = false, all = false, reason = "maintenance" });
        try
        {
            var status = await Broker.CallAsync("job-manager.queue-status", new { });
            Assert.True(status.GetProperty("enable").GetBoolean());
            Assert.False(status.GetProperty("start").GetBoolean());
            Assert.Equal("maintenance", status.GetProperty("stop_reason").GetString());
            var id = await Broker.SubmitAsync("true");
            Assert.Equal(JobState.Sched, StateOf(await Broker.ReachAsync(id, JobState.Sched)));

            await Broker.CallAsync("job-manager.queue-start", new { start = true, all = false });

            Assert.Equal(JobResult.Completed, ResultOf(await Broker.EndAsync(id)));
        }
        finally
        {
            await Broker.CallAsync("job-manager.queue-start", new { start = true, all = false });
        }
    }

    [Fact]
    public async Task A_disabled_queue_takes_no_jobs()
    {
        Assert.Equal((Errno.EINVAL, "reason is required for disable"), await Broker.RefusalAsync("job-manager.queue-enable", new { enable = false, all = false }));
        await Broker.CallAsync("job-manager.queue-enable", new { enable = false, all = false, reason = "closed" });
        try
        {
            var refusal = await Broker.RefusalAsync("job-ingest.submit", new { J = BrokerSession.Sign(Jobspecs.Of("true")), urgency = 16, flags = 0 });
            Assert.Equal((Errno.EINVAL, "job submission is disabled: closed"), refusal);
        }
        finally
        {
            await Broker.CallAsync("job-manager.queue-enable", new { enable = true, all = false });
        }

        Assert.Equal(JobResult.Completed, ResultOf(await Broker.RunAsync(Jobspecs.Of("true"))));
    }

    [Fact]
    public async Task There_are_no_named_queues()
    {
        Assert.Empty((await Broker.CallAsync("job-manager.queue-list")).GetProperty("queues").EnumerateArray());
        Assert.Equal((Errno.EINVAL, "'nosuch' is not a valid queue"), await Broker.RefusalAsync("job-manager.queue-status", new { name = "nosuch" }));
        var refusal = await Broker.RefusalAsync(
            "job-ingest.submit", new { J = BrokerSession.Sign(Jobspecs.Of("true").With("system.queue", "nosuch")), urgency = 16, flags = 0 });
        Assert.Equal((Errno.EINVAL, "'nosuch' is not a valid queue"), refusal);
    }
}
