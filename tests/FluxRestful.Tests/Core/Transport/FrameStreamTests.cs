using CsCheck;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Transport;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Core.Transport;

public sealed class FrameStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frames_are_read_however_the_bytes_are_cut() =>
        await Gen.Select(Gen.Int[0, 3000].Array[1, 20], Gen.Int[1, 700].Array[1, 30]).SampleAsync(async (lengths, cuts) =>
        {
            var bytes = lengths.SelectMany((length, index) => MessageCodec.Encode(Message((uint)index, length))).ToArray();
            await using var frames = new FrameStream(new ChoppedStream(bytes, cuts));
            foreach (var (length, index) in lengths.Select((length, index) => (length, index)))
            {
                var message = await frames.ReceiveAsync(Stop);
                Assert.Equal(((uint)index, length), (message!.MatchTag, message.Payload!.Value.Length));
            }

            Assert.Null(await frames.ReceiveAsync(Stop));
        }, iter: 200);

    [Fact]
    public async Task A_frame_arriving_byte_by_byte_is_read_once()
    {
        await using var frames = new FrameStream(new ChoppedStream(MessageCodec.Encode(Message(7, 600)), [1]));
        Assert.Equal(7u, (await frames.ReceiveAsync(Stop))!.MatchTag);
        Assert.Null(await frames.ReceiveAsync(Stop));
    }

    [Fact]
    public async Task Garbage_ends_in_a_protocol_exception_and_never_hangs() =>
        await Gen.Select(Gen.Byte.Array[1, 2000], Gen.Int[1, 700].Array[1, 30]).SampleAsync(async (garbage, cuts) =>
        {
            await using var frames = new FrameStream(new ChoppedStream(garbage, cuts));
            await Assert.ThrowsAsync<ProtocolException>(async () =>
            {
                while (await frames.ReceiveAsync(Stop) is not null)
                {
                }

                throw new InvalidOperationException("Garbage was taken for frames.");
            });
        }, iter: 200);

    [Fact]
    public async Task A_connection_that_ends_inside_a_frame_is_an_error()
    {
        await using var frames = new FrameStream(new ChoppedStream(MessageCodec.Encode(Message(7, 600))[..100], [100]));
        await Assert.ThrowsAsync<ProtocolException>(() => frames.ReceiveAsync(Stop).AsTask());
    }

    [Fact]
    public async Task Thousands_of_frames_from_many_senders_arrive_whole_and_each_senders_in_order()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var sending = new FrameStream(ours);
        await using var receiving = new FrameStream(theirs);
        var senders = Enumerable.Range(0, 8).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                await sending.SendAsync(Message((uint)((sender * 1000) + i), i % 50 == 0 ? 100_000 : i), Stop);
            }
        }, Stop)).ToList();

        var next = new uint[8];
        for (var i = 0; i < 8000; i++)
        {
            var message = await receiving.ReceiveAsync(Stop);
            var (sender, number) = (message!.MatchTag / 1000, message.MatchTag % 1000);
            Assert.Equal(next[sender]++, number);
            Assert.Equal(number % 50 == 0 ? 100_000 : (int)number, message.Payload!.Value.Length);
        }

        await Task.WhenAll(senders);
    }

    [Fact]
    public async Task Frames_that_wait_together_leave_in_one_write()
    {
        var slow = new GatedStream();
        await using var frames = new FrameStream(slow);
        await frames.SendAsync(Message(0, 10), Stop);
        await slow.FirstWrite;
        for (uint i = 1; i <= 50; i++)
        {
            await frames.SendAsync(Message(i, 10), Stop);
        }

        slow.Open();
        await frames.CloseAsync(Stop);
        Assert.Equal(2, slow.Writes);
    }

    [Fact]
    public async Task A_full_outbox_makes_senders_wait_and_a_cancelled_one_sends_nothing()
    {
        var slow = new GatedStream();
        await using var frames = new FrameStream(slow, outboxCapacity: 2);
        await frames.SendAsync(Message(0, 10), Stop);
        await slow.FirstWrite;
        await frames.SendAsync(Message(1, 10), Stop);
        await frames.SendAsync(Message(2, 10), Stop);
        using var patience = new CancellationTokenSource();
        var waiting = frames.SendAsync(Message(3, 10), patience.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        slow.Open();
        await frames.CloseAsync(Stop);
        Assert.Equal(3 * MessageCodec.Encode(Message(0, 10)).Length, slow.Written);
    }

    [Fact]
    public async Task Cancelling_a_receive_loses_nothing()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var sending = new FrameStream(ours);
        await using var receiving = new FrameStream(theirs);
        using var patience = new CancellationTokenSource();
        var waiting = receiving.ReceiveAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await sending.SendAsync(Message(1, 10), Stop);
        Assert.Equal(1u, (await receiving.ReceiveAsync(Stop))!.MatchTag);
    }

    [Fact]
    public async Task Disposing_tells_a_waiting_receiver_null_and_senders_an_io_error()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var peer = new FrameStream(theirs);
        var frames = new FrameStream(ours);
        var waiting = frames.ReceiveAsync(Stop).AsTask();
        await frames.DisposeAsync();
        Assert.Null(await waiting);
        await Assert.ThrowsAsync<IOException>(() => frames.SendAsync(Message(1, 1), Stop).AsTask());
        Assert.Null(await peer.ReceiveAsync(Stop));
        await frames.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_frees_a_writer_whose_peer_does_not_read()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var deaf = theirs;
        var frames = new FrameStream(ours, outboxCapacity: 1);
        var senders = Enumerable.Range(0, 4).Select(i => frames.SendAsync(Message((uint)i, 4_000_000), Stop).AsTask()).ToList();
        await senders[0];
        await frames.DisposeAsync();
        Assert.Contains(await Task.WhenAll(senders.Select(Outcome)), error => error is IOException);
    }

    [Fact]
    public async Task Closing_sends_what_is_queued()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var receiving = new FrameStream(theirs);
        var frames = new FrameStream(ours);
        await frames.SendAsync(Message(1, 100_000), Stop);
        await frames.SendAsync(Message(2, 10), Stop);
        await frames.CloseAsync(Stop);
        Assert.Equal(1u, (await receiving.ReceiveAsync(Stop))!.MatchTag);
        Assert.Equal(2u, (await receiving.ReceiveAsync(Stop))!.MatchTag);
        Assert.Null(await receiving.ReceiveAsync(Stop));
    }

    [Fact]
    public async Task A_message_that_is_too_large_fails_its_sender_and_nobody_else()
    {
        var (ours, theirs) = await SocketPair.CreateAsync(Stop);
        await using var receiving = new FrameStream(theirs);
        await using var frames = new FrameStream(ours);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => frames.SendAsync(Message(1, FrameCodec.MaxBodyLength), Stop).AsTask());
        await frames.SendAsync(Message(2, 10), Stop);
        Assert.Equal(2u, (await receiving.ReceiveAsync(Stop))!.MatchTag);
    }

    private static async Task<Exception?> Outcome(Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.Exception?.InnerException;
    }

    private static FluxMessage Message(uint matchTag, int length) => new()
    {
        Type = MessageType.Request,
        Flags = MessageFlags.Topic | MessageFlags.Payload | MessageFlags.Route,
        MatchTag = matchTag,
        Topic = "a.b",
        Payload = new byte[length],
    };

    /// <summary>Its writes wait until somebody opens the gate.</summary>
    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task FirstWrite => _first.Task;

        public int Writes { get; private set; }

        public long Written { get; private set; }

        public void Open() => _gate.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            Written += buffer.Length;
            _first.TrySetResult();
            await _gate.Task;
        }
    }
}
