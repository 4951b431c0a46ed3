using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Signing;

namespace FluxRestful.Tests.Live;

// What brokers refuse, and in which words.
public abstract partial class BrokerTests
{
    private const long Nobody = 12345;

    // Surprise 35.
    [Theory]
    [InlineData("""{"version":2,"resources":[],"tasks":[],"attributes":{"system":{"duration":0}}}""")]
    [InlineData("""{"version":1,"resources":[],"tasks":[]}""")]
    [InlineData("""{"version":1,"resources":[],"tasks":[],"attributes":{"system":{"duration":0}},"foo":1}""")]
    public async Task A_jobspec_that_is_none_is_not_permitted(string jobspec)
    {
        var (errnum, text) = await Broker.RefusalAsync("job-ingest.submit", new { J = BrokerSession.Sign(JsonNode.Parse(jobspec)!), urgency = 16, flags = 0 });

        Assert.Equal(Errno.EPERM, errnum);
        Assert.NotEmpty(text);
    }

    [Theory]
    [InlineData(32, 0, Errno.EINVAL, "urgency range is [0:31]")]
    [InlineData(-1, 0, Errno.EINVAL, "urgency range is [0:31]")]
    [InlineData(16, 64, Errno.EPROTO, "invalid job flags")]
    public async Task A_submit_with_a_nonsensical_argument_is_refused(int urgency, int flags, int errnum, string text)
    {
        var refusal = await Broker.RefusalAsync("job-ingest.submit", new { J = BrokerSession.Sign(Jobspecs.Of("true")), urgency, flags });

        Assert.Equal((errnum, text), refusal);
    }

    [Fact]
    public async Task A_duration_that_is_no_number_is_refused()
    {
        var jobspec = Jobspecs.Of("true").With("system.duration", "long");

        var refusal = await Broker.RefusalAsync("job-ingest.submit", new { J = BrokerSession.Sign(jobspec), urgency = 16, flags = 0 });

        Assert.Equal((Errno.EPERM, "attributes.system.duration must be a number"), refusal);
    }

    [Fact]
    public async Task A_signature_of_somebody_else_is_refused()
    {
        var stranger = (uint)UserId.Mine + 1;
        var j = UnsignedJobspec.Sign(stranger, Encoding.UTF8.GetBytes(Jobspecs.Of("true").ToJsonString()));

        var refusal = await Broker.RefusalAsync("job-ingest.submit", new { J = j, urgency = 16, flags = 0 });

        Assert.Equal((Errno.EPERM, $"signer={stranger} != requestor={UserId.Mine}"), refusal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task What_is_not_signed_at_all_is_refused(string j)
    {
        var (errnum, text) = await Broker.RefusalAsync("job-ingest.submit", new { J = j, urgency = 16, flags = 0 });

        Assert.Equal(Errno.EINVAL, errnum);
        Assert.Contains("unwrap", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jobspec_that_is_not_json_is_refused()
    {
        var j = UnsignedJobspec.Sign((uint)UserId.Mine, "{"u8);

        var (errnum, text) = await Broker.RefusalAsync("job-ingest.submit", new { J = j, urgency = 16, flags = 0 });

        Assert.Equal(Errno.EINVAL, errnum);
        Assert.StartsWith("jobspec: invalid JSON: ", text, StringComparison.Ordinal);
    }

    // Surprise 15: in the journal a refused job is there for a moment. Surprise 17: before its submitter knows.
    [Fact]
    public async Task A_refused_job_is_invalidated_in_the_journal()
    {
        var caughtUp = new TaskCompletionSource();
        var seen = Task.Run(async () =>
        {
            await foreach (var entry in Broker.JournalAsync(full: false))
            {
                if (entry.IsCaughtUp)
                {
                    caughtUp.SetResult();
                }
                else if (entry.Events is [{ Name: "invalidate" }])
                {
                    return entry.JobId;
                }
            }

            return default;
        });
        await caughtUp.Task.WaitAsync(Broker.Token);
        var jobspec = Jobspecs.Of("true").With("system.dependencies", Dependency("no-such-scheme", new JobId(1)));

        var (errnum, text) = await Broker.RefusalAsync("job-ingest.submit", new { J = BrokerSession.Sign(jobspec), urgency = 16, flags = 0 });

        Assert.Equal(Errno.EINVAL, errnum);
        Assert.Contains("no-such-scheme", text, StringComparison.Ordinal);
        var id = await seen;

        // Not list-id: job-list of a real Flux waits for ever for a job that is refused in the moment that it is asked for.
        Assert.DoesNotContain(await Broker.ListAsync(new { }), job => BrokerSession.IdIn(job) == id);
    }

    // Surprise 36.
    [Fact]
    public async Task An_unknown_job_is_refused_by_each_service_in_its_own_way()
    {
        Assert.Equal((Errno.ENOENT, "unknown job id"), await Broker.RefusalAsync("job-manager.raise", new { id = Nobody, severity = 0, type = "cancel" }));
        Assert.Equal((Errno.ENOENT, "unknown job id"), await Broker.RefusalAsync("job-manager.memo", new { id = Nobody, memo = new { a = 1 } }));
        Assert.Equal((Errno.ENOENT, "unknown job id"), await Broker.RefusalAsync("job-manager.update", new { id = Nobody, updates = Duration(1) }));
        Assert.Equal((Errno.EINVAL, "unknown job id"), await Broker.RefusalAsync("job-manager.kill", new { id = Nobody, signum = 15 }));
        Assert.Equal((Errno.EINVAL, "unknown job"), await Broker.RefusalAsync("job-manager.urgency", new { id = Nobody, urgency = 16 }));
        Assert.Equal((Errno.EINVAL, "unknown job"), await Broker.RefusalAsync("job-manager.getattr", new { id = Nobody, attrs = (string[])["eventlog"] }));
        Assert.Equal((Errno.ENOENT, Errno.Describe(Errno.ENOENT)), await Broker.RefusalAsync("job-list.list-id", new { id = Nobody, attrs = (string[])["all"] }));
        Assert.Equal((Errno.ENOENT, "invalid job id"), await Broker.RefusalAsync("job-info.lookup", new { id = Nobody, keys = (string[])["jobspec"], flags = 0 }));
        var watch = await Assert.ThrowsAsync<BrokerException>(async () => await Broker.WatchAsync(new JobId(Nobody), "eventlog").FirstAsync(Broker.Token));
        Assert.Equal(Errno.ENOENT, watch.Errnum);
    }

    [Fact]
    public async Task A_job_that_has_ended_is_refused_by_each_service_in_its_own_way()
    {
        var id = (await Broker.RunAsync(Jobspecs.Of("true"))).GetProperty("id").GetInt64();

        Assert.Equal((Errno.ENOENT, "job is inactive"), await Broker.RefusalAsync("job-manager.raise", new { id, severity = 0, type = "cancel" }));
        Assert.Equal((Errno.ENOENT, "job is inactive"), await Broker.RefusalAsync("job-manager.memo", new { id, memo = new { a = 1 } }));
        Assert.Equal((Errno.EINVAL, "job is inactive"), await Broker.RefusalAsync("job-manager.update", new { id, updates = Duration(1) }));
        Assert.Equal((Errno.EINVAL, "job is inactive"), await Broker.RefusalAsync("job-manager.kill", new { id, signum = 15 }));
        Assert.Equal((Errno.EINVAL, "job is inactive"), await Broker.RefusalAsync("job-manager.urgency", new { id, urgency = 16 }));
    }

    [Fact]
    public async Task A_pending_job_refuses_what_only_running_ones_can_do()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);

        Assert.Equal((Errno.EINVAL, "job is not running"), await Broker.RefusalAsync("job-manager.kill", new { id = id.WireValue, signum = 15 }));
        Assert.Equal((Errno.EINVAL, "Invalid signal number"), await Broker.RefusalAsync("job-manager.kill", new { id = id.WireValue, signum = 65 }));
        Assert.Equal((Errno.EINVAL, "urgency value is out of range"), await Broker.RefusalAsync("job-manager.urgency", new { id = id.WireValue, urgency = 32 }));
        Assert.Equal((Errno.EPROTO, "invalid exception severity"), await Broker.RefusalAsync("job-manager.raise", new { id = id.WireValue, severity = 8, type = "cancel" }));
        Assert.Equal((Errno.EPROTO, "invalid exception type"), await Broker.RefusalAsync("job-manager.raise", new { id = id.WireValue, severity = 0, type = "a b" }));
        await Broker.CancelAsync(id);
        await Broker.EndAsync(id);
    }

    [Theory]
    [InlineData("no-such-service.method", "No service matching no-such-service.method is registered")]
    [InlineData("job-manager.no-such-method", "Unknown service method 'job-manager.no-such-method'")]
    public async Task What_nobody_offers_is_refused(string topic, string text) =>
        Assert.Equal((Errno.ENOSYS, text), await Broker.RefusalAsync(topic, new { }));

    [Theory]
    [InlineData("attr.get")]
    [InlineData("job-ingest.submit")]
    [InlineData("job-manager.raise")]
    [InlineData("job-manager.kill")]
    [InlineData("job-manager.urgency")]
    [InlineData("job-manager.queue-status")]
    [InlineData("job-list.list")]
    [InlineData("job-list.list-id")]
    [InlineData("job-info.lookup")]
    public async Task A_request_that_lacks_its_arguments_is_a_protocol_error(string topic)
    {
        Assert.Equal(Errno.EPROTO, (await Broker.RefusalAsync(topic)).Errnum);
        Assert.Equal(Errno.EPROTO, (await Broker.RefusalAsync(topic, (int[])[1])).Errnum);
    }

    private static Dictionary<string, double> Duration(double seconds) => new() { ["attributes.system.duration"] = seconds };
}
