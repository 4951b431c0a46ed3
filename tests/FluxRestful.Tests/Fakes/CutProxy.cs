using System.Net.Sockets;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services;
using FluxRestful.EmbeddedBroker;
using Microsoft.Extensions.Logging.Abstractions;
using Broker = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.Fakes;

/// <summary>
/// An embedded broker behind a socket that can keep back what the broker answers, or be cut: the moment between the broker's yes and its arrival, made long.
/// </summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cut-proxy-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly List<Task> _tasks = [];
    private TaskCompletionSource _flowing = Open();
    private Broker? _broker;
    private long _asked;
    private BrokerClient? _own;

    /// <summary>How many bytes the broker has been sent.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>The broker's own address, past the proxy.</summary>
    public string Direct => _broker!.Uri;

    /// <returns>The address of the proxy.</returns>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        _broker = await Broker.StartAsync(new EmbeddedBrokerOptions { Cores = 2 }, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        _own = new BrokerClient(new BrokerClientOptions { Uri = _broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
        var path = Path.Combine(_directory.FullName, "local-0");
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _tasks.Add(Task.Run(AcceptAsync, CancellationToken.None));
        return "local://" + path;
    }

    /// <summary>What the broker sends from now on waits here; what it is sent passes.</summary>
    public void Freeze() => _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => _flowing.TrySetResult();

    /// <summary>Ends every connection; what was kept back is lost. New ones pass.</summary>
    public void Cut()
    {
        var frozen = _flowing;
        lock (_gate)
        {
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }

        _flowing = Open();
        frozen.TrySetResult();
    }

    /// <summary>The jobs that the broker has.</summary>
    public async Task<IReadOnlyList<JobId>> JobsAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<JobId>();
        await foreach (var job in new JobList(_own!).ListAsync(0, [], null, null, cancellationToken))
        {
            jobs.Add(JobId.FromWire(job.GetProperty("id").GetInt64()));
        }

        return jobs;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_broker is not null)
        {
            await _own!.DisposeAsync();
            await _broker.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync();
                var broker = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await broker.ConnectAsync(new UnixDomainSocketEndPoint(_broker!.Uri["local://".Length..]));
                lock (_gate)
                {
                    _sockets.AddRange([client, broker]);
                    _tasks.Add(Task.Run(() => PassAsync(client, broker, mayFreeze: false)));
                    _tasks.Add(Task.Run(() => PassAsync(broker, client, mayFreeze: true)));
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Nobody else is let in.
        }
    }

    private async Task PassAsync(Socket from, Socket to, bool mayFreeze)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (mayFreeze)
                {
                    await _flowing.Task;
                }
                else
                {
                    Interlocked.Add(ref _asked, count);
                }

                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
