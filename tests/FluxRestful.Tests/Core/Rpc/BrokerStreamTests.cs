using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FluxRestful.Tests.Core.Rpc;

public sealed class BrokerStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_yields_its_elements_and_ends_with_no_data()
    {
        await using var broker = new FakeBroker().Streams("a.watch", "1", null, "2").Streams("empty.watch");
        await using var link = await LinkAsync(broker);
        Assert.Equal(["1", "", "2"], await Read(link.StreamAsync(new("a.watch"), "a.watch-cancel", Stop)));
        Assert.Empty(await Read(link.StreamAsync(new("empty.watch"), "empty.watch-cancel", Stop)));
        Assert.All(broker.Requests, request => Assert.True(request.Flags.HasFlag(MessageFlags.Streaming)));
        Assert.Equal((0, 2), (link.PendingCount, broker.Requests.Count));
    }

    [Fact]
    public async Task A_stream_that_ends_with_another_errno_throws_after_its_elements()
    {
        await using var broker = new FakeBroker();
        broker.On("a.watch", async call =>
        {
            await call.RespondAsync("1");
            await call.FailAsync(Errno.ENOSYS, "module unloaded");
        });
        await using var link = await LinkAsync(broker);
        var read = new List<string>();
        var error = await Assert.ThrowsAsync<BrokerException>(async () =>
        {
            await foreach (var message in link.StreamAsync(new("a.watch"), null, Stop))
            {
                read.Add(RpcPayload.Text(message));
            }
        });
        Assert.Equal(["1"], read);
        Assert.Equal((Errno.ENOSYS, true), (error.Errnum, error.IsTransient));
    }

    [Fact]
    public async Task Leaving_a_stream_tells_the_broker_without_expecting_an_answer_and_keeps_the_tag_until_the_end()
    {
        var watched = new TaskCompletionSource<FakeCall>();
        await using var broker = new FakeBroker();
        broker.On("a.watch", async call =>
        {
            call.EndsWhenCancelled = false;
            await call.RespondAsync("1");
            watched.SetResult(call);
        }).Answers("next.one", "2");
        await using var link = await LinkAsync(broker);
        await foreach (var _ in link.StreamAsync(new("a.watch"), "a.watch-cancel", Stop))
        {
            break;
        }

        var call = await watched.Task;
        await call.Cancelled.WaitAsync(Stop);
        var cancel = broker.Requests.Last();
        Assert.Equal(("a.watch-cancel", 0u), (cancel.Topic, cancel.MatchTag));
        Assert.Equal(MessageFlags.Topic | MessageFlags.Payload | MessageFlags.Route | MessageFlags.NoResponse, cancel.Flags);
        Assert.Equal($$"""{"matchtag":{{call.Request.MatchTag}}}""", RpcPayload.Text(cancel));

        // What still comes is swallowed; only the last response frees the tag (RFC 6).
        await call.RespondAsync("late");
        Assert.Equal("2", RpcPayload.Text(await link.CallAsync(new("next.one"), Stop)));
        Assert.Equal(1, link.PendingCount);
        await call.EndAsync();
        await link.CallAsync(new("next.one"), Stop);
        Assert.Equal(0, link.PendingCount);
    }

    [Fact]
    public async Task Cancelling_a_silent_stream_ends_it_at_once_and_tells_the_broker()
    {
        var watched = new TaskCompletionSource<FakeCall>();
        await using var broker = new FakeBroker();
        broker.On("a.watch", call =>
        {
            watched.SetResult(call);
            return Task.CompletedTask;
        }).Answers("next.one");
        await using var link = await LinkAsync(broker);
        using var patience = new CancellationTokenSource();
        var reading = Read(link.StreamAsync(new("a.watch"), "a.watch-cancel", patience.Token));
        var call = await watched.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        await call.Cancelled.WaitAsync(Stop);
        await link.CallAsync(new("next.one"), Stop);
        Assert.Equal(0, link.PendingCount);
    }

    [Fact]
    public async Task Those_who_leave_stand_in_line_together_not_one_behind_the_other()
    {
        var frames = new JammedFrames();
        await using var link = new BrokerLink(frames, TimeProvider.System, NullLogger.Instance);
        using var first = new CancellationTokenSource();
        using var others = new CancellationTokenSource();
        var tokens = new[] { first.Token, others.Token, others.Token };
        var readers = tokens.Select(token => Read(link.StreamAsync(new("a.watch"), "a.watch-cancel", token))).ToList();
        frames.Jam();
        await first.CancelAsync();
        await Eventually.TrueAsync(() => frames.Waiting == 1, Stop);
        await others.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(readers));
        frames.LetOneThrough();
        await Eventually.TrueAsync(() => frames.Waiting == 2, Stop);
    }

    [Fact]
    public async Task A_stream_cancelled_before_it_was_sent_leaves_nothing_behind()
    {
        await using var broker = new FakeBroker();
        await using var link = await LinkAsync(broker);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Read(link.StreamAsync(new("a.watch"), "a.watch-cancel", new CancellationToken(true))));
        Assert.Equal((0, 0), (link.PendingCount, broker.Requests.Count));
    }

    [Fact]
    public async Task A_reader_that_falls_behind_loses_its_stream_and_stalls_nobody()
    {
        var watched = new TaskCompletionSource<FakeCall>();
        await using var broker = new FakeBroker().Answers("next.one", "2");
        broker.On("a.watch", async call =>
        {
            for (var i = 0; i < 100; i++)
            {
                await call.RespondAsync($"\"{new string('x', 1000)}\"");
            }

            watched.SetResult(call);
        });
        await using var link = await LinkAsync(broker);
        await using var reader = link.StreamAsync(new("a.watch") { MaxQueuedBytes = 20_000 }, "a.watch-cancel", Stop).GetAsyncEnumerator(Stop);
        Assert.True(await reader.MoveNextAsync());

        // Not reading on: the broker is told all the same, and other calls are answered.
        await (await watched.Task).Cancelled.WaitAsync(Stop);
        Assert.Equal("2", RpcPayload.Text(await link.CallAsync(new("next.one"), Stop)));
        var error = await Assert.ThrowsAsync<BrokerSlowConsumerException>(async () =>
        {
            while (await reader.MoveNextAsync())
            {
            }
        });
        Assert.Equal("a.watch", error.Topic);
        Assert.Single(broker.Requests, request => request.Topic == "a.watch-cancel");
    }

    [Fact]
    public async Task What_a_reader_had_before_takes_no_place_when_it_opens_its_stream_anew()
    {
        const int had = 2500;
        var element = $"\"{new string('x', 1000)}\"";
        var sent = new TaskCompletionSource();
        await using var broker = new FakeBroker().Answers("next.one");
        broker.On("a.watch", async call =>
        {
            for (var i = 0; i < had; i++)
            {
                await call.RespondAsync(element);
            }

            await call.RespondAsync("\"new\"");
            await call.EndAsync();
            sent.SetResult();
        });
        await using var link = await LinkAsync(broker);
        await using var reader = link.StreamAsync(new("a.watch") { MaxQueuedBytes = 20_000, Skip = had }, "a.watch-cancel", Stop).GetAsyncEnumerator(Stop);

        // It does not read before all was sent and, as another answer says, has arrived.
        var moving = reader.MoveNextAsync();
        await sent.Task;
        await link.CallAsync(new("next.one"), Stop);
        var read = new List<string>();
        for (; await moving; moving = reader.MoveNextAsync())
        {
            read.Add(RpcPayload.Text(reader.Current));
        }

        Assert.Equal(["", "", "", "\"new\""], read);
    }

    [Fact]
    public async Task An_element_larger_than_the_bound_still_gets_through_to_a_reader_that_keeps_up()
    {
        var element = $"\"{new string('x', 100_000)}\"";
        await using var broker = new FakeBroker().Streams("a.watch", element);
        await using var link = await LinkAsync(broker);
        Assert.Equal([element], await Read(link.StreamAsync(new("a.watch") { MaxQueuedBytes = 1000 }, "a.watch-cancel", Stop)));
    }

    [Fact]
    public async Task Events_reach_everyone_whose_prefix_matches_and_leaving_unsubscribes()
    {
        await using var broker = new FakeBroker().Answers("next.one");
        await using var link = await LinkAsync(broker);
        var ready = new SemaphoreSlim(0);
        var purges = First(link.SubscribeAsync("job-purge", () => ready.Release(), Stop));
        var jobs = First(link.SubscribeAsync("job-", () => ready.Release(), Stop));
        await ready.WaitAsync(Stop);
        await ready.WaitAsync(Stop);
        await broker.PublishAsync("heartbeat.pulse");
        await broker.PublishAsync("job-purge-inactive", """{"jobs":[1]}""");
        foreach (var message in await Task.WhenAll(purges, jobs))
        {
            Assert.Equal("""{"jobs":[1]}""", RpcPayload.Text(message));
        }

        await link.CallAsync(new("next.one"), Stop);
        await Eventually.TrueAsync(() => broker.Connections.Single().Subscriptions.Values.All(count => count == 0), Stop);
    }

    private static async Task<FluxMessage> First(IAsyncEnumerable<FluxMessage> stream)
    {
        await foreach (var message in stream)
        {
            return message;
        }

        throw new InvalidOperationException("Nothing came.");
    }

    private static async Task<List<string>> Read(IAsyncEnumerable<FluxMessage> stream)
    {
        var read = new List<string>();
        await foreach (var message in stream)
        {
            read.Add(RpcPayload.Text(message));
        }

        return read;
    }

    private static async Task<BrokerLink> LinkAsync(FakeBroker broker) =>
        new(await BrokerSocket.ConnectAsync(broker.Uri, Stop), TimeProvider.System, NullLogger.Instance);
}
