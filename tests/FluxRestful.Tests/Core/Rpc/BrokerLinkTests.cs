using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Core.Rpc;

public sealed class BrokerLinkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_are_matched_by_their_tags_whatever_their_order()
    {
        var held = new List<FakeCall>();
        await using var broker = new FakeBroker();
        broker.On("echo.it", async call =>
        {
            List<FakeCall> batch;
            lock (held)
            {
                held.Add(call);
                if (held.Count < 100)
                {
                    return;
                }

                batch = [.. held];
            }

            foreach (var one in batch.AsEnumerable().Reverse())
            {
                await one.RespondAsync(one.Json.GetRawText());
            }
        });
        await using var link = await LinkAsync(broker);
        var calls = Enumerable.Range(0, 100).Select(i => link.CallAsync(Echo(i), Stop)).ToList();
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal($"{i}", RpcPayload.Text(await calls[i]));
        }

        Assert.Equal(0, link.PendingCount);
    }

    [Fact]
    public async Task An_error_carries_topic_errno_and_the_brokers_words_and_without_words_the_errnos_name()
    {
        await using var broker = new FakeBroker().Fails("job-manager.raise", Errno.ENOENT, "unknown job id").Fails("job-list.list-id", Errno.ENOENT);
        await using var link = await LinkAsync(broker);
        var worded = await Assert.ThrowsAsync<BrokerException>(() => link.CallAsync(new("job-manager.raise"), Stop));
        Assert.Equal(("job-manager.raise", Errno.ENOENT, "unknown job id", false), (worded.Topic, worded.Errnum, worded.ErrorText, worded.IsTransient));
        var silent = await Assert.ThrowsAsync<BrokerException>(() => link.CallAsync(new("job-list.list-id"), Stop));
        Assert.Equal("No such file or directory", silent.ErrorText);
    }

    [Fact]
    public async Task A_request_goes_out_as_the_real_library_sends_it()
    {
        await using var broker = new FakeBroker().Answers("attr.get", "{}").Answers("x.y");
        await using var link = await LinkAsync(broker);
        await link.CallAsync(new("attr.get") { Payload = """{"name":"version"}"""u8.ToArray() }, Stop);
        var recorded = Transcript.Load("connect").Items.First(item => item.Type == "request").Bytes;
        Assert.Equal(recorded, MessageCodec.Encode(broker.Requests.First()));

        await link.CallAsync(new("x.y") { Credential = RpcCredential.Guest(1003), NodeId = 2 }, Stop);
        var stamped = broker.Requests.Last();
        Assert.Equal((1003u, 2u, 2u), (stamped.UserId, stamped.RoleMask, stamped.NodeId));
        Assert.Equal(MessageFlags.Topic | MessageFlags.Route, stamped.Flags);
    }

    [Fact]
    public async Task A_late_answer_after_cancellation_is_dropped()
    {
        var late = new TaskCompletionSource<FakeCall>();
        await using var broker = new FakeBroker().Answers("quick.one", "1");
        broker.On("slow.one", call =>
        {
            late.SetResult(call);
            return Task.CompletedTask;
        });
        await using var link = await LinkAsync(broker);
        using var patience = new CancellationTokenSource();
        var slow = link.CallAsync(new("slow.one"), patience.Token);
        var call = await late.Task;
        await patience.CancelAsync();
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow);
        Assert.Equal(patience.Token, error.CancellationToken);
        Assert.Equal(0, link.PendingCount);
        await call.RespondAsync("0");
        Assert.Equal("1", RpcPayload.Text(await link.CallAsync(new("quick.one"), Stop)));
    }

    [Fact]
    public async Task A_timeout_is_told_from_the_callers_cancellation()
    {
        var time = new FakeTimeProvider();
        var arrived = new SemaphoreSlim(0);
        await using var broker = new FakeBroker();
        broker.On("never.answered", _ =>
        {
            arrived.Release();
            return Task.CompletedTask;
        });
        await using var link = await LinkAsync(broker, time);
        var request = new RpcRequest("never.answered") { Timeout = TimeSpan.FromSeconds(10) };

        var timely = link.CallAsync(request, Stop);
        await arrived.WaitAsync(Stop);
        time.Advance(TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<TimeoutException>(() => timely);

        using var patience = new CancellationTokenSource();
        var cancelled = link.CallAsync(request, patience.Token);
        await arrived.WaitAsync(Stop);
        await patience.CancelAsync();
        Assert.Equal(patience.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled)).CancellationToken);
        Assert.Equal(0, link.PendingCount);
    }

    [Fact]
    public async Task Losing_the_broker_fails_every_waiting_call_and_stream_and_all_that_come_later()
    {
        var arrived = new SemaphoreSlim(0);
        await using var broker = new FakeBroker();
        Func<FakeCall, Task> hold = _ =>
        {
            arrived.Release();
            return Task.CompletedTask;
        };
        broker.On("held.call", hold).On("held.stream", hold);
        await using var link = await LinkAsync(broker);
        var calls = Enumerable.Range(0, 50).Select(_ => link.CallAsync(new("held.call"), Stop)).ToList();
        var stream = Read(link.StreamAsync(new("held.stream"), "held.stream-cancel", Stop));
        for (var i = 0; i < 51; i++)
        {
            await arrived.WaitAsync(Stop);
        }

        await broker.DropAsync();
        foreach (var call in calls)
        {
            Assert.Equal("held.call", (await Assert.ThrowsAsync<BrokerDisconnectedException>(() => call)).Topic);
        }

        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => stream);
        await link.Lost.WaitAsync(Stop);
        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => link.CallAsync(new("held.call"), Stop));
        Assert.Equal((true, 0), (link.IsLost, link.PendingCount));
        Assert.Equal(51, broker.Requests.Count);
    }

    [Theory]
    [InlineData("ffee001200000001", "wrong magic")]
    [InlineData("1200eeff00000000", "length 0")]
    [InlineData("1200eeffffffffff", "absurd length")]
    [InlineData("1200eeff0000000250ff", "a part longer than its frame")]
    [InlineData("1200eeff00000016148e01030000000000000000000000000000000001ff", "type 3")]
    public async Task Hostile_bytes_end_the_link_and_not_the_process(string hex, string _)
    {
        var arrived = new TaskCompletionSource<FakeCall>();
        await using var broker = new FakeBroker();
        broker.On("held.call", call =>
        {
            arrived.SetResult(call);
            return Task.CompletedTask;
        });
        await using var link = await LinkAsync(broker);
        var waiting = link.CallAsync(new("held.call"), Stop);
        await (await arrived.Task).Connection.SendRawAsync(Convert.FromHexString(hex));
        var error = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => waiting);
        Assert.IsType<ProtocolException>(error.InnerException!.InnerException);
    }

    [Fact]
    public async Task Messages_that_nobody_waits_for_are_dropped()
    {
        await using var broker = new FakeBroker();
        broker.On("odd.one", async call =>
        {
            var answer = new FluxMessage { Type = MessageType.Response, Flags = MessageFlags.Topic, Topic = "odd.one", Aux = 0 };
            await call.Connection.SendAsync(answer with { MatchTag = 4_000_000_000 });
            await call.Connection.SendAsync(answer with { MatchTag = 0 });
            await call.Connection.SendAsync(answer with { Type = MessageType.Request, MatchTag = call.Request.MatchTag });
            await call.Connection.SendAsync(answer with { Type = MessageType.Control, Flags = MessageFlags.None, Topic = null });
            await call.Connection.SendAsync(answer with { Type = MessageType.Event, Flags = MessageFlags.None, Topic = null });
            await call.RespondAsync("1");
            await call.RespondAsync("2");
        }).Answers("next.one", "3");
        await using var link = await LinkAsync(broker);
        Assert.Equal("1", RpcPayload.Text(await link.CallAsync(new("odd.one"), Stop)));
        Assert.Equal("3", RpcPayload.Text(await link.CallAsync(new("next.one"), Stop)));
    }

    [Fact]
    public async Task Thousands_of_interleaved_calls_are_matched_while_others_are_cancelled_and_nothing_is_left_behind()
    {
        await using var broker = new FakeBroker();
        broker.On("echo.it", call => call.RespondAsync(call.Json.GetRawText())).On("never.answered", _ => Task.CompletedTask);
        await using var link = await LinkAsync(broker);
        var callers = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                using var patience = new CancellationTokenSource();
                var given = i % 3 == 0 ? link.CallAsync(new("never.answered"), patience.Token) : null;
                var number = (caller * 100) + i;
                Assert.Equal($"{number}", RpcPayload.Text(await link.CallAsync(Echo(number), Stop)));
                if (given is not null)
                {
                    await patience.CancelAsync();
                    await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
                }
            }
        }, Stop)).ToList();
        await Task.WhenAll(callers);
        Assert.Equal(0, link.PendingCount);
    }

    [Fact]
    public async Task Losing_the_broker_under_thousands_of_calls_ends_each_with_an_answer_or_the_loss()
    {
        for (var round = 0; round < 10; round++)
        {
            var left = 500;
            await using var broker = new FakeBroker();
            broker.On("echo.it", async call =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                {
                    await call.Connection.DisposeAsync();
                }

                await call.RespondAsync(call.Json.GetRawText());
            });
            await using var link = await LinkAsync(broker);
            var lost = 0;
            var callers = Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    try
                    {
                        Assert.Equal($"{i}", RpcPayload.Text(await link.CallAsync(Echo(i), Stop)));
                    }
                    catch (BrokerDisconnectedException)
                    {
                        Interlocked.Increment(ref lost);
                    }
                }
            }, Stop)).ToList();
            await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(30), Stop);
            Assert.True(lost > 0);
            Assert.Equal(0, link.PendingCount);
        }
    }

    private static RpcRequest Echo(int number) => new("echo.it") { Payload = System.Text.Encoding.UTF8.GetBytes($"{number}") };

    private static async Task<List<string>> Read(IAsyncEnumerable<FluxMessage> stream)
    {
        var read = new List<string>();
        await foreach (var message in stream)
        {
            read.Add(RpcPayload.Text(message));
        }

        return read;
    }

    private static async Task<BrokerLink> LinkAsync(FakeBroker broker, TimeProvider? time = null) =>
        new(await BrokerSocket.ConnectAsync(broker.Uri, Stop), time ?? TimeProvider.System, NullLogger.Instance);
}
