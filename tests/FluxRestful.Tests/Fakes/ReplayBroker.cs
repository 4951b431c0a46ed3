using System.Buffers;
using System.Net.Sockets;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;

namespace FluxRestful.Tests.Fakes;

/// <summary>
/// Plays the broker's part of a recording to one client that has to play the other part: the same requests, in the same order. Only the matchtags are
/// the client's own. What differs is told when it is disposed.
/// </summary>
internal sealed class ReplayBroker : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("replay-broker-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly IReadOnlyList<Transcript.Item> _items;
    private readonly Task _playing;

    public ReplayBroker(IReadOnlyList<Transcript.Item> items)
    {
        _items = items;
        Uri = "local://" + Path.Combine(_directory.FullName, "local-0");
        _listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory.FullName, "local-0")));
        _listener.Listen();
        _playing = Task.Run(PlayAsync);
    }

    public string Uri { get; }

    /// <summary>Released with each cancel that arrives: nothing else tells when one has.</summary>
    public SemaphoreSlim CancelHeard { get; } = new(0);

    public static FluxMessage Decode(byte[] frame)
    {
        var buffer = new ReadOnlySequence<byte>(frame);
        Assert.True(FrameCodec.TryRead(ref buffer, out var body));
        return MessageCodec.Decode(body);
    }

    public async ValueTask DisposeAsync()
    {
        await _playing;
        CancelHeard.Dispose();
        _listener.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task PlayAsync()
    {
        var socket = await _listener.AcceptAsync();
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync(new byte[] { 0 });
        await using var frames = new FrameStream(stream);
        var tags = new Dictionary<uint, uint> { [0] = 0 };
        foreach (var item in _items.Where(item => item.IsFrame))
        {
            var recorded = Decode(item.Bytes);
            if (!item.FromClient)
            {
                await frames.SendAsync(recorded with { MatchTag = tags[recorded.MatchTag] }, CancellationToken.None);
                continue;
            }

            var request = await frames.ReceiveAsync(CancellationToken.None);
            Assert.NotNull(request);
            tags[recorded.MatchTag] = request.MatchTag;
            Assert.Equal(
                (recorded.Topic, recorded.Flags, recorded.UserId, recorded.RoleMask, recorded.NodeId),
                (request.Topic, request.Flags, request.UserId, request.RoleMask, request.NodeId));
            AssertSamePayload(recorded, request, tags);
            if (recorded.Flags.HasFlag(MessageFlags.NoResponse))
            {
                CancelHeard.Release();
            }
        }

        // Until the client leaves.
        try
        {
            while (await frames.ReceiveAsync(CancellationToken.None) is { } more)
            {
                Assert.Fail($"The recording is over, but the client asks for {more.Topic}.");
            }
        }
        catch (IOException e) when (e is not ProtocolException)
        {
            // It left before it had read the end of a stream that it had left before: a Unix socket then says that the connection was reset.
        }
    }

    private static void AssertSamePayload(FluxMessage recorded, FluxMessage request, Dictionary<uint, uint> tags)
    {
        if (recorded.Flags.HasFlag(MessageFlags.NoResponse))
        {
            var tag = RpcPayload.Json(recorded).GetProperty("matchtag").GetUInt32();
            Assert.Equal(tags[tag], RpcPayload.Json(request).GetProperty("matchtag").GetUInt32());
            return;
        }

        Assert.Equal(RpcPayload.Text(recorded), RpcPayload.Text(request));
    }
}
