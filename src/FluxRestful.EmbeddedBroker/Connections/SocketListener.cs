using System.Net.Sockets;
using FluxRestful.Core.Rpc;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker.Connections;

/// <summary>The Unix socket: whoever runs as the broker's account (or root) gets in, after one byte that says so.</summary>
internal sealed class SocketListener : IAsyncDisposable
{
    private const int Backlog = 1024;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _ended = new();
    private readonly ILogger _logger;
    private readonly uint _owner;
    private readonly Func<Socket, PeerCredentials, Task> _serve;
    private readonly string _path;
    private readonly TimeProvider _time;
    private Task _accepting = Task.CompletedTask;

    public SocketListener(string path, uint owner, Func<Socket, PeerCredentials, Task> serve, TimeProvider time, ILogger logger)
    {
        _path = path;
        _owner = owner;
        _serve = serve;
        _time = time;
        _logger = logger;
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        _socket.Listen(Backlog);
    }

    public void Start() => _accepting = Accept();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _socket.Dispose();
        await _accepting;
        File.Delete(_path);
        _ended.Dispose();
    }

    private async Task Accept()
    {
        var clients = new HashSet<Task>();
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var client = await _socket.AcceptAsync(_ended.Token);
                clients.RemoveWhere(task => task.IsCompleted);
                clients.Add(Admit(client));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or the client went away while it was accepted; the next one may do better.
                _logger.AcceptFailed(e);
                await Task.Delay(RetryAfter, _time, CancellationToken.None);
            }
        }

        await Task.WhenAll(clients);
    }

    private async Task Admit(Socket client)
    {
        try
        {
            var peer = PeerCredentials.Of(client);
            if (peer.UserId != _owner && peer.UserId != 0)
            {
                _logger.Refused(peer.ProcessId, peer.UserId);
                await client.SendAsync(new byte[] { Errno.EPERM }, _ended.Token);
                client.Dispose();
                return;
            }

            await client.SendAsync(new byte[] { 0 }, _ended.Token);
            await _serve(client, peer);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            client.Dispose();
        }
    }
}
