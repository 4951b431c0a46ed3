using FluxRestful.Core;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Errors;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Core.Services;

public sealed class JobServiceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_above_the_signed_range_wraps_on_the_wire_and_comes_back()
    {
        await using var broker = new FakeBroker().Answers("job-ingest.submit", """{"id":-2}""").Answers("job-manager.raise");
        await using var client = Client(broker);
        var id = await new JobIngest(client).SubmitAsync("J", 16, JobSubmitFlags.Waitable, Stop);
        Assert.Equal(ulong.MaxValue - 1, id.Value);
        await new JobManager(client).RaiseAsync(id, "mine", 3, "a note", Stop);
        Assert.Equal(["""{"J":"J","urgency":16,"flags":4}"""], broker.PayloadsOf("job-ingest.submit"));
        Assert.Equal(["""{"id":-2,"severity":3,"type":"mine","note":"a note"}"""], broker.PayloadsOf("job-manager.raise"));
    }

    // Surprises 27, 28, 33.
    [Fact]
    public async Task Optional_members_are_left_out_and_numbers_are_of_the_kind_that_flux_reads()
    {
        await using var broker = new FakeBroker().Answers("job-manager.purge", """{"count":2}""").Answers("job-manager.purge-id", """{"count":1}""")
            .Answers("job-manager.wait", """{"id":5,"success":true,"errstr":""}""").Answers("job-manager.queue-status", """{"enable":true,"start":true}""")
            .Streams("job-list.list", """{"jobs":[{"id":1}],"version":1}""", """{"jobs":[{"id":2}]}""").Answers("resource.drain");
        await using var client = Client(broker);
        Assert.Equal(2, await new JobManager(client).PurgeAsync(-1, 10, 100, true, Stop));
        await new JobManager(client).PurgeAsync(new JobId(5), Stop);
        await new JobManager(client).WaitAsync(null, Stop);
        await new JobQueues(client).StatusAsync(null, Stop);
        await new ResourceService(client).DrainAsync("1-2", null, DrainMode.Overwrite, Stop);
        Assert.Equal(2, await new JobList(client).ListAsync(0, ["id", "state"], null, null, Stop).CountAsync(Stop));
        Assert.Equal(
            [
                """{"age_limit":-1.0,"num_limit":10,"batch":100,"force":true}""",
                """{"id":5,"force":1}""",
                """{"id":-1}""",
                "{}",
                """{"targets":"1-2","mode":"overwrite"}""",
                """{"max_entries":0,"attrs":["state"]}""",
            ],
            broker.Requests.Select(RpcPayload.Text));
    }

    [Fact]
    public async Task A_service_in_a_guests_name_says_so_in_each_request()
    {
        await using var broker = new FakeBroker().Answers("job-manager.raise").Streams("job-info.eventlog-watch");
        await using var client = Client(broker);
        await new JobManager(client, RpcCredential.Guest(1003)).CancelAsync(new JobId(1), null, Stop);
        Assert.Empty(await new JobInfo(client, RpcCredential.Guest(1003)).WatchEventlogAsync(new JobId(1), "eventlog", 0, Stop).ToListAsync(Stop));
        Assert.All(broker.Requests, request => Assert.Equal((1003u, 2u), (request.UserId, request.RoleMask)));
    }

    [Fact]
    public async Task The_journal_tells_the_backlog_then_that_it_is_complete_then_what_happens()
    {
        var recorded = Transcript.Load("journal").Items.Where(item => item.Type == "response").Select(item => ReplayBroker.Decode(item.Bytes))
            .Where(message => message.Topic == "job-manager.events-journal" && message.Errnum == 0).Select(RpcPayload.Text).ToArray();
        await using var broker = new FakeBroker().Streams("job-manager.events-journal", recorded);
        await using var client = Client(broker);
        var entries = await new EventsJournal(client).WatchAsync(true, Stop).ToListAsync(Stop);
        Assert.Equal(recorded.Length, entries.Count);
        Assert.Contains(entries, entry => entry.IsCaughtUp);
        Assert.Equal(["""{"full":true}"""], broker.PayloadsOf("job-manager.events-journal"));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(2040)]
    public async Task A_job_as_deep_as_flux_takes_it_does_not_end_the_journal(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", depth)) + "1" + new string('}', depth);
        var entry = $$"""{"id":1,"events":[{"timestamp":1,"name":"submit"},{"timestamp":2,"name":"memo","context":{{deep}}}],"jobspec":{{deep}}}""";
        await using var broker = new FakeBroker().Streams("job-manager.events-journal", entry, """{"id":-1,"events":[]}""");
        await using var client = Client(broker);
        var entries = await new EventsJournal(client).WatchAsync(true, Stop).ToListAsync(Stop);
        Assert.Equal(new JobId(1), JobReducer.Apply(null, entries[0])!.Id);
        Assert.True(entries[1].IsCaughtUp);
    }

    [Fact]
    public async Task A_list_of_very_many_jobs_waits_for_its_reader()
    {
        var job = $$"""{"jobs":[{"id":1,"name":"{{new string('x', 1 << 20)}}"}]}""";
        var elements = Enumerable.Repeat(job, 40).ToArray();
        await using var broker = new FakeBroker().Streams("job-list.list", elements).Answers("job-list.list-attrs", """{"attrs":[]}""");
        await using var client = Client(broker);
        var jobs = new JobList(client);
        var read = 0;
        await foreach (var _ in jobs.ListAsync(0, null, null, null, Stop))
        {
            if (read++ == 0)
            {
                // The answer stands behind all of the list: when it is here, the list waits for us.
                await jobs.AttributesAsync(Stop);
            }
        }

        Assert.Equal(elements.Length, read);
    }

    [Fact]
    public async Task A_journal_entry_that_is_none_is_a_protocol_error()
    {
        await using var broker = new FakeBroker().Streams("job-manager.events-journal", """{"id":"f1"}""");
        await using var client = Client(broker);
        await Assert.ThrowsAsync<ProtocolException>(() => new EventsJournal(client).WatchAsync(true, Stop).ToListAsync(Stop).AsTask());
    }

    [Fact]
    public async Task An_attribute_that_is_not_there_is_null()
    {
        await using var broker = new FakeBroker().Fails("attr.get", Errno.ENOENT);
        await using var client = Client(broker);
        Assert.Null(await new BrokerAttributes(client).GetAsync("nosuch", Stop));
    }

    // Surprises 35 to 39, with the texts that were recorded.
    [Theory]
    [InlineData("job-manager.raise", Errno.ENOENT, "unknown job id", JobErrorMeaning.UnknownJob)]
    [InlineData("job-manager.raise", Errno.ENOENT, "job is inactive", JobErrorMeaning.InactiveJob)]
    [InlineData("job-manager.raise", Errno.EPROTO, "invalid exception severity", JobErrorMeaning.Refused)]
    [InlineData("job-manager.kill", Errno.EINVAL, "unknown job id", JobErrorMeaning.UnknownJob)]
    [InlineData("job-manager.kill", Errno.EINVAL, "job is inactive", JobErrorMeaning.InactiveJob)]
    [InlineData("job-manager.kill", Errno.EINVAL, "job is not running", JobErrorMeaning.WrongState)]
    [InlineData("job-manager.kill", Errno.EINVAL, "Invalid signal number", JobErrorMeaning.Refused)]
    [InlineData("job-manager.urgency", Errno.EINVAL, "unknown job", JobErrorMeaning.UnknownJob)]
    [InlineData("job-manager.urgency", Errno.EINVAL, "urgency cannot be changed once resources are allocated", JobErrorMeaning.WrongState)]
    [InlineData("job-manager.update", Errno.ENOENT, "unknown job id", JobErrorMeaning.UnknownJob)]
    [InlineData("job-manager.update", Errno.EINVAL, "job is inactive", JobErrorMeaning.InactiveJob)]
    [InlineData("job-manager.update", Errno.EINVAL, "duration must not be negative", JobErrorMeaning.Refused)]
    [InlineData("job-list.list-id", Errno.ENOENT, null, JobErrorMeaning.UnknownJob)]
    [InlineData("job-info.lookup", Errno.ENOENT, "invalid job id", JobErrorMeaning.UnknownJob)]
    [InlineData("job-info.lookup", Errno.ENOENT, "nosuch: key not found", JobErrorMeaning.Other)]
    [InlineData("job-ingest.submit", Errno.EPERM, "Missing key (attributes)", JobErrorMeaning.Refused)]
    [InlineData("job-ingest.submit", Errno.EPERM, "signer=1 != requestor=2", JobErrorMeaning.NotAllowed)]
    [InlineData("job-ingest.submit", Errno.EINVAL, "'x' is not a valid queue", JobErrorMeaning.Refused)]
    [InlineData("job-manager.drain", Errno.EPERM, "Request requires owner credentials", JobErrorMeaning.NotAllowed)]
    [InlineData("job-manager.raise", Errno.ENOSYS, "No service matching job-manager.raise is registered", JobErrorMeaning.Other)]
    public void An_error_means_what_its_topic_means_by_it(string topic, int errnum, string? text, JobErrorMeaning meaning) =>
        Assert.Equal(meaning, new BrokerException(topic, errnum, text).Meaning());

    [Fact]
    public void A_lost_link_is_never_taken_for_an_unknown_job()
    {
        var loss = new BrokerDisconnectedException("No socket.", Errno.ENOENT, topic: "job-manager.raise");
        Assert.Equal(JobErrorMeaning.Other, loss.Meaning());
    }

    private static BrokerClient Client(FakeBroker broker) =>
        new(new() { Uri = broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
}
