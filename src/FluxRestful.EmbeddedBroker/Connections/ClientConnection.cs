using System.Net.Sockets;
using System.Threading.Channels;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Transport;
using FluxRestful.EmbeddedBroker.Requests;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker.Connections;

/// <summary>
/// One client. Frames in are posted to the loop in their order; messages out wait here, because the loop waits for nobody,
/// and a client that lets too many wait is cut off. <see cref="Send"/>, <see cref="Streams"/> and <see cref="WhenRoom"/> belong to the loop.
/// </summary>
internal sealed class ClientConnection(FrameStream frames, PeerCredentials peer, Caller caller, InstanceLoop loop, long maxUnread, ILogger logger) : IDisposable
{
    private const long Plenty = 4 * 1024 * 1024;

    // Bounded by bytes (maxUnread), not by places: one message may be 64 MiB or 60 bytes.
    private readonly Channel<FluxMessage> _outbox = Channel.CreateUnbounded<FluxMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly Queue<Action> _waitingForRoom = new();
    private readonly CancellationTokenSource _ended = new();
    private long _unread;

    public string Id { get; } = Guid.NewGuid().ToString();

    public PeerCredentials Peer { get; } = peer;

    public Caller Caller { get; } = caller;

    /// <summary>What this client still gets answers of; ended with it.</summary>
    public ResponseStreams Streams { get; } = new();

    public long Received { get; private set; }

    public long Sent { get; private set; }

    /// <summary>False once it has ended, or is about to.</summary>
    public bool IsOpen => !_ended.IsCancellationRequested;

    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>False while much waits to be read: who sends a lot then stops until <see cref="WhenRoom"/>.</summary>
    public bool HasRoom => Unread < Plenty;

    public void WhenRoom(Action resume) => _waitingForRoom.Enqueue(resume);

    public void Send(FluxMessage message)
    {
        if (_ended.IsCancellationRequested)
        {
            return;
        }

        Sent++;
        if (Interlocked.Add(ref _unread, SizeOf(message)) > maxUnread)
        {
            Close($"{Unread} bytes wait for a client that does not read");
            return;
        }

        _outbox.Writer.TryWrite(message);
    }

    /// <summary>Ends the connection and says why.</summary>
    public void Close(string reason)
    {
        if (!_ended.IsCancellationRequested)
        {
            logger.ConnectionClosed(Id, reason);
            _ended.Cancel();
        }
    }

    /// <summary>Lets the client read what waits for it, then ends the connection.</summary>
    public void CloseWhenRead() => _outbox.Writer.TryComplete();

    /// <summary>Lives as long as the connection does.</summary>
    public async Task Run(Action<ClientConnection, FluxMessage> handle, Action<ClientConnection> ended)
    {
        var sending = SendAll();
        try
        {
            await ReceiveAll(handle);
        }
        catch (ProtocolException e)
        {
            Close(e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, or was cut off; either way it is over.
        }
        finally
        {
            await _ended.CancelAsync();
            _outbox.Writer.TryComplete();
            await frames.DisposeAsync();
            await sending;
            await loop.Post(() => Farewell(ended), CancellationToken.None);
        }
    }

    public void Dispose() => _ended.Dispose();

    private static int SizeOf(FluxMessage message) => 128 + (message.Payload?.Length ?? 0);

    private async Task ReceiveAll(Action<ClientConnection, FluxMessage> handle)
    {
        while (await frames.ReceiveAsync(_ended.Token) is { } message)
        {
            Received++;
            await loop.Post(() => handle(this, message), _ended.Token);
        }
    }

    private async Task SendAll()
    {
        try
        {
            await foreach (var message in _outbox.Reader.ReadAllAsync(_ended.Token))
            {
                await frames.SendAsync(message, _ended.Token);
                var before = Interlocked.Add(ref _unread, -SizeOf(message)) + SizeOf(message);
                if (before >= Plenty && Unread < Plenty)
                {
                    await loop.Post(Resume, _ended.Token);
                }
            }

            await frames.CloseAsync(_ended.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Gone, or cut off.
        }

        await _ended.CancelAsync();
    }

    private void Resume()
    {
        for (var count = _waitingForRoom.Count; count > 0 && HasRoom; count--)
        {
            _waitingForRoom.Dequeue()();
        }
    }

    private void Farewell(Action<ClientConnection> ended)
    {
        _waitingForRoom.Clear();
        Streams.Abandon();
        ended(this);
    }
}
