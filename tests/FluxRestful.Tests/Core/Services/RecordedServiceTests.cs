using System.Text.Json;
using FluxRestful.Core;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Core.Services;

/// <summary>Each typed method says exactly what was recorded, and understands what was answered to it.</summary>
public sealed class RecordedServiceTests
{
    private const string Reason = "maintenance";

    // transcript, which of its requests with that topic, topic, and the call that must make the same request
    private static readonly (string Transcript, int Nth, string Topic, Func<BrokerClient, JsonElement, Task> Call)[] Calls =
    [
        ("submit-ok", 0, "job-ingest.submit", async (client, sent) => Assert.Equal(
            JobId.FromWire(533733572608), await new JobIngest(client).SubmitAsync(sent.GetProperty("J").GetString()!, 16, JobSubmitFlags.None, Stop))),
        ("submit-ok", 0, "job-list.list-id", async (client, sent) => Assert.Equal(
            "first", (await new JobList(client).GetAsync(Id(sent), null, JobState.Inactive, Stop)).GetProperty("name").GetString())),
        ("cancel-errors", 0, "job-manager.raise", (client, sent) => new JobManager(client).CancelAsync(Id(sent), null, Stop)),
        ("raiseall-killall", 0, "job-manager.raiseall", async (client, _) => Assert.Equal(
            new JobBulkResult(3, 0), await new JobManager(client).RaiseAllAsync(1001, JobState.Pending, JobManager.CancelType, 0, null, true, Stop))),
        ("raiseall-killall", 1, "job-manager.raiseall", async (client, _) => Assert.Equal(
            3, (await new JobManager(client).RaiseAllAsync(null, JobState.Pending, JobManager.CancelType, 0, "all gone", false, Stop)).Count)),
        ("raiseall-killall", 1, "job-manager.killall", (client, _) => new JobManager(client).KillAllAsync(null, 15, false, Stop)),
        ("signal", 0, "job-manager.kill", (client, sent) => new JobManager(client).KillAsync(Id(sent), sent.GetProperty("signum").GetInt32(), Stop)),
        ("urgency", 0, "job-manager.urgency", (client, sent) => new JobManager(client).UrgencyAsync(Id(sent), sent.GetProperty("urgency").GetInt32(), Stop)),
        ("update-duration", 0, "job-manager.update", (client, sent) => new JobManager(client).UpdateAsync(
            Id(sent), sent.GetProperty("updates").EnumerateObject().ToDictionary(one => one.Name, one => one.Value), Stop)),
        ("memo", 0, "job-manager.memo", (client, sent) => new JobManager(client).MemoAsync(Id(sent), sent.GetProperty("memo"), false, Stop)),
        ("memo", 2, "job-manager.memo", (client, sent) => new JobManager(client).MemoAsync(Id(sent), sent.GetProperty("memo"), true, Stop)),
        ("wait", 0, "job-manager.wait", async (client, sent) => Assert.Equal(
            (Id(sent), false), (await new JobManager(client).WaitAsync(Id(sent), Stop)) is var result ? (result.Id, result.Success) : default)),
        ("wait", 2, "job-manager.wait", async (client, _) => Assert.True((await new JobManager(client).WaitAsync(null, Stop)).Success)),
        ("queues-named", 0, "job-manager.queue-list", async (client, _) => Assert.Equal(["batch", "debug"], await new JobQueues(client).ListAsync(Stop))),
        ("queues-named", 1, "job-manager.queue-status", async (client, _) => Assert.Equal(
            new QueueStatus(true, true), await new JobQueues(client).StatusAsync("batch", Stop))),
        ("queues-named", 2, "job-manager.queue-status", async (client, _) => Assert.Equal(
            Reason, (await new JobQueues(client).StatusAsync("batch", Stop)).DisableReason)),
        ("queues-named", 0, "job-manager.queue-enable", (client, _) => new JobQueues(client).EnableAsync("batch", false, Reason, Stop)),
        ("queues-named", 1, "job-manager.queue-enable", (client, _) => new JobQueues(client).EnableAsync(null, true, null, Stop)),
        ("queues-named", 0, "job-manager.queue-start", (client, _) => new JobQueues(client).StartAsync("debug", false, "because", Stop)),
        ("resource-status", 1, "resource.status", async (client, _) => Assert.Equal(
            new DrainedRanks(1795377466.0, "bad memory"), (await new ResourceService(client).StatusAsync(Stop)).Drain["3"])),
        ("resource-status", 0, "resource.sched-status", async (client, _) => Assert.Equal(
            JsonValueKind.Object, (await new ResourceService(client).SchedStatusAsync(Stop)).Allocated.ValueKind)),
        ("resource-journal", 0, "resource.drain", (client, sent) =>
            new ResourceService(client).DrainAsync("3", sent.GetProperty("reason").GetString(), null, Stop)),
        ("resource-journal", 0, "resource.undrain", (client, _) => new ResourceService(client).UndrainAsync("3", Stop)),
        ("job-stats", 0, "job-list.job-stats", async (client, _) => Assert.Equal(12, (await new JobList(client).StatsAsync(Stop)).JobStates.Inactive)),
        ("attr-get", 0, "attr.get", async (client, sent) =>
            Assert.NotNull(await new BrokerAttributes(client).GetAsync(sent.GetProperty("name").GetString()!, Stop))),
        ("instance-info", 0, "state-machine.get", async (client, _) => Assert.Equal("run", (await new Instance(client).StateAsync(Stop)).State)),
        ("instance-info", 0, "groups.get", async (client, _) => Assert.Equal("0-3", await new Instance(client).GroupAsync("broker.online", Stop))),
        ("instance-info", 0, "config.get", async (client, _) => Assert.Equal(JsonValueKind.Object, (await new Instance(client).ConfigAsync(Stop)).ValueKind)),
        ("instance-info", 0, "job-manager.alloc-query", async (client, _) => Assert.Equal(
            new AllocQuery(0, 0, 0), await new JobManager(client).AllocQueryAsync(Stop))),
        ("instance-info", 0, "job-manager.getinfo", async (client, _) => Assert.Equal(
            JobId.FromWire(959337988096), await new JobManager(client).MaxJobIdAsync(Stop))),
        ("lookup", 1, "job-info.lookup", async (client, sent) => Assert.Equal(
            ["R", "jobspec"], (await new JobInfo(client).LookupAsync(Id(sent), ["jobspec", "R"], JobLookupFlags.Json, Stop)).Keys.Order(StringComparer.Ordinal))),
        ("shutdown-plain", 0, "shutdown.start", (client, _) => new Instance(client).ShutdownAsync(Stop)),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<int> All() => [.. Enumerable.Range(0, Calls.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_method_says_what_was_recorded_and_understands_the_answer(int which)
    {
        var (name, nth, topic, call) = Calls[which];
        var messages = Transcript.Load(name).Items.Where(item => item.IsFrame).Select(item => ReplayBroker.Decode(item.Bytes)).ToList();
        var recorded = messages.Where(message => message.Type == MessageType.Request && message.Topic == topic).ElementAt(nth);
        var answer = messages.First(message => message.Type == MessageType.Response && message.MatchTag == recorded.MatchTag);

        await using var broker = new FakeBroker();
        broker.On(topic, asked => answer.Errnum != 0
            ? asked.FailAsync(answer.Errnum, RpcPayload.Text(answer))
            : asked.RespondAsync(answer.Payload is null ? null : RpcPayload.Text(answer)));
        await using var client = new BrokerClient(new() { Uri = broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        try
        {
            await call(client, RpcPayload.Json(recorded));
        }
        catch (BrokerException e) when (e.Errnum == answer.Errnum && answer.Errnum != 0)
        {
        }

        var sent = Assert.Single(broker.Requests);
        Assert.Equal(recorded.Flags, sent.Flags);
        Assert.True(
            recorded.Payload is null || JsonElement.DeepEquals(RpcPayload.Json(recorded), RpcPayload.Json(sent)), RpcPayload.Text(sent));
    }

    private static JobId Id(JsonElement sent) => JobId.FromWire(sent.GetProperty("id").GetInt64());
}
