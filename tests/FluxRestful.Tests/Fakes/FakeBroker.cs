using System.Collections.Concurrent;
using System.Net.Sockets;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;

namespace FluxRestful.Tests.Fakes;

/// <summary>
/// A broker scripted by topic, on a real Unix socket. A topic nobody arranged fails the test when the broker is disposed. Event subscriptions and
/// <c>*-cancel</c> requests it answers itself, as a broker does.
/// </summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fake-broker-");
    private readonly ConcurrentDictionary<string, Func<FakeCall, Task>> _handlers = new();
    private readonly ConcurrentDictionary<FakeConnection, Task> _connections = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private Socket _listener;
    private Task _accepting;
    private volatile bool _stopped;

    public FakeBroker()
    {
        SocketPath = Path.Combine(_directory.FullName, "local-0");
        _listener = Listen();
        _accepting = Task.Run(AcceptAsync);
        On("event.subscribe", call => call.Connection.SubscribeAsync(call));
        On("event.unsubscribe", call => call.Connection.UnsubscribeAsync(call));
    }

    public string SocketPath { get; }

    public string Uri => "local://" + SocketPath;

    /// <summary>What the broker says first: 0, an errno, or (null) nothing.</summary>
    public byte? Welcome { get; set; } = 0;

    /// <summary>Every request that arrived, in order of arrival.</summary>
    public ConcurrentQueue<FluxMessage> Requests { get; } = new();

    public IEnumerable<FakeConnection> Connections => _connections.Keys;

    public FakeBroker On(string topic, Func<FakeCall, Task> handler)
    {
        _handlers[topic] = handler;
        return this;
    }

    /// <summary>Answers every such request with this JSON; null for no payload.</summary>
    public FakeBroker Answers(string topic, string? json = null) => On(topic, call => call.RespondAsync(json));

    /// <summary>Answers every such request with this error.</summary>
    public FakeBroker Fails(string topic, int errnum, string? text = null) => On(topic, call => call.FailAsync(errnum, text));

    /// <summary>Answers every such request with these elements and the normal end.</summary>
    public FakeBroker Streams(string topic, params string?[] elements) => On(topic, async call =>
    {
        foreach (var element in elements)
        {
            await call.RespondAsync(element);
        }

        await call.EndAsync();
    });

    /// <summary>The JSON payloads of the requests of one topic.</summary>
    public List<string> PayloadsOf(string topic) =>
        [.. Requests.Where(request => request.Topic == topic).Select(RpcPayload.Text)];

    public async Task PublishAsync(string topic, string? json = null)
    {
        foreach (var connection in _connections.Keys)
        {
            await connection.PublishAsync(topic, json);
        }
    }

    /// <summary>Closes every connection, as a broker that dies.</summary>
    public async Task DropAsync()
    {
        foreach (var (connection, serving) in _connections)
        {
            await connection.DisposeAsync();
            await serving;
        }
    }

    /// <summary>Dies, and takes the socket file along.</summary>
    public async Task StopAsync()
    {
        _stopped = true;
        _listener.Dispose();
        await _accepting;
        await DropAsync();
    }

    public void Restart()
    {
        File.Delete(SocketPath);
        _stopped = false;
        _listener = Listen();
        _accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Delete(recursive: true);
        if (!_failures.IsEmpty)
        {
            throw new AggregateException(_failures);
        }
    }

    internal async Task HandleAsync(FakeCall call)
    {
        try
        {
            if (!_handlers.TryGetValue(call.Request.Topic ?? "", out var handler))
            {
                throw new InvalidOperationException($"Nobody arranged {call.Request.Topic}.");
            }

            await handler(call);
        }
        catch (IOException)
        {
            // The client went away in the middle.
        }
        catch (Exception e)
        {
            _failures.Enqueue(e);
        }
    }

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen();
        return listener;
    }

    private async Task AcceptAsync()
    {
        while (!_stopped)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            var stream = new NetworkStream(socket, ownsSocket: true);
            if (!await TryWelcomeAsync(stream))
            {
                await stream.DisposeAsync();
                continue;
            }

            var connection = new FakeConnection(this, stream, new FrameStream(stream));
            var known = new TaskCompletionSource();
            _connections[connection] = Task.Run(async () =>
            {
                await known.Task;
                await connection.ServeAsync();
                _connections.TryRemove(connection, out _);
            });
            known.SetResult();
        }
    }

    // False: the client is refused, or has left already.
    private async Task<bool> TryWelcomeAsync(NetworkStream stream)
    {
        if (Welcome is not { } welcome)
        {
            return true;
        }

        try
        {
            await stream.WriteAsync(new[] { welcome });
            return welcome == 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
