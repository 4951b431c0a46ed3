using System.Globalization;
using System.Net.Sockets;
using FluxRestful.Core.Transport;
using FluxRestful.EmbeddedBroker.Connections;
using FluxRestful.EmbeddedBroker.EventLogs;
using FluxRestful.EmbeddedBroker.JobServices;
using FluxRestful.EmbeddedBroker.Processes;
using FluxRestful.EmbeddedBroker.Scheduling;
using FluxRestful.EmbeddedBroker.Services;
using FluxRestful.EmbeddedBroker.Tasks;
using Microsoft.Extensions.Logging;

namespace FluxRestful.EmbeddedBroker;

/// <summary>
/// A Flux instance of one node inside this process, for trying and testing: the protocol of a real broker on a private socket,
/// real child processes, and nothing that survives its end.
/// </summary>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int SigKill = 9;

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(2);

    // For clients to read what waits for them at the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string _id = Guid.NewGuid().ToString();
    private readonly uint _owner = Native.EffectiveUser();
    private readonly EmbeddedBrokerOptions _options;
    private readonly ILogger _logger;
    private readonly PrivateDirectory _directory;
    private readonly InstanceLoop _loop;
    private readonly Children _children = new();
    private readonly Watchdog _watchdog;
    private readonly EventService _events;
    private readonly ClientServices _clientServices;
    private readonly ServiceRouter _router;
    private readonly Instance _instance;
    private readonly SocketListener _listener;
    private readonly ITimer _heartbeat;
    private readonly HashSet<ClientConnection> _clients = [];
    private readonly TaskCompletionSource _shutdown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _ending;

    private EmbeddedBroker(EmbeddedBrokerOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        _options = options;
        _logger = loggers.CreateLogger<EmbeddedBroker>();
        _directory = PrivateDirectory.Open(options.Directory);
        var socket = _directory.Combine("local-0");
        Uri = $"local://{socket}";
        _loop = new InstanceLoop(time, _logger);
        _watchdog = Watchdog.Start(_children, TaskEnvironment.Mark(_directory.Path), _directory.IsOurs ? _directory.Path : null, _logger);
        _events = new EventService(_owner, _id);
        _router = new ServiceRouter(_owner, _logger);
        _clientServices = new ClientServices(_router);
        var hostName = options.HostName ?? Environment.MachineName;
        var outputs = new OutputStore(options.MaxOutputBytes, time);
        _instance = new Instance(_owner, new ShellHost(_loop, time, _children, _watchdog, _router, outputs, options, _directory.Path, hostName, Uri), _events);
        AddServices(time);
        _heartbeat = _loop.Every(Pulse, Pulse, () => _events.Publish("heartbeat.pulse"));
        _ending = new Lazy<Task>(End);
        _listener = new SocketListener(socket, _owner, Serve, time, _logger);
        _listener.Start();
        _logger.Started(Uri, options.Cores);
    }

    /// <summary>Where it listens: <c>local:///private-directory/local-0</c>, fit for <c>FLUX_URI</c>.</summary>
    public string Uri { get; }

    /// <summary>Completes when a client asked for shutdown. The host then disposes the broker, and ends or goes on without it.</summary>
    public Task Completion => _shutdown.Task;

    /// <summary>Process id of the watchdog that ends the children should this process be killed; 0 if there is none.</summary>
    internal int WatchdogProcessId => _watchdog.ProcessId;

    /// <summary>Makes a broker that listens.</summary>
    public static Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Cores);
        return Task.Run(() => new EmbeddedBroker(options, time, loggers), cancellationToken);
    }

    /// <summary>Ends all jobs and connections and removes the directory.</summary>
    public async ValueTask DisposeAsync() => await _ending.Value;

    private void AddServices(TimeProvider time)
    {
        var commands = new JobCommands(_instance);
        var updates = new JobUpdates(_instance, commands);
        var info = new InstanceServices(time);
        var log = new LogService(time);
        log.Say("embedded broker started: for trying and testing, nothing survives its end");
        IEnumerable<IService> services =
        [
            _events,
            _clientServices,
            new AttributeService(Attributes(time)),
            new BrokerService(_id),
            new ModuleService(_router),
            log,
            new IngestService(_instance),
            new JobManagerService(_instance, commands, updates),
            new JobListService(_instance, new JobCounters(_instance)),
            new JobInfoService(_instance, updates),
            new ResourceService(_instance),
            new ShutdownService(_instance, info, () => _shutdown.TrySetResult(), _logger),
            .. info.All,
            .. OtherServices.Of(_instance, () => _clients),
        ];
        foreach (var service in services)
        {
            _router.TryAdd(service);
        }
    }

    private Dictionary<string, string> Attributes(TimeProvider time) => new()
    {
        ["rank"] = "0",
        ["size"] = "1",
        ["hostlist"] = _instance.Node.HostName,
        ["hostname"] = _instance.Node.HostName,
        ["instance-level"] = "0",
        ["security.owner"] = _owner.ToString(CultureInfo.InvariantCulture),
        ["local-uri"] = Uri,
        ["rundir"] = _directory.Path,
        ["broker.starttime"] = time.Now().ToString("F2", CultureInfo.InvariantCulture),
        ["broker.pid"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        ["broker.uuid"] = _id,
        ["broker.boot-method"] = "embedded",
        ["broker.mapping"] = "[[0,1,1,1]]",
        ["broker.critical-ranks"] = "0",
        ["tbon.level"] = "0",
        ["tbon.maxlevel"] = "0",
        ["tbon.descendants"] = "0",
        ["tbon.topo"] = "kary:0",
        ["jobid-path"] = "/",
    };

    private async Task Serve(Socket socket, PeerCredentials peer)
    {
        var frames = new FrameStream(new NetworkStream(socket, ownsSocket: true));
        using var client = new ClientConnection(frames, peer, new Caller(_owner, Caller.Owner | Caller.Local), _loop, _options.MaxUnreadBytesPerClient, _logger);
        await _loop.Post(() => Welcome(client), CancellationToken.None);
        await client.Run(_router.Handle, Farewell);
    }

    private void Welcome(ClientConnection client)
    {
        _clients.Add(client);
        if (_clients.Count > _options.MaxClients)
        {
            _logger.TooManyClients(_options.MaxClients);
            client.Close("too many clients");
        }
    }

    private void Farewell(ClientConnection client)
    {
        _clients.Remove(client);
        _events.Remove(client);
        _clientServices.Remove(client);
    }

    private async Task End()
    {
        _heartbeat.Dispose();
        IEnumerable<Task> running = [];
        await _loop.Invoke(() => running = KillAll(), CancellationToken.None);
        await Task.WhenAll(running);
        await _loop.Invoke(CloseClients, CancellationToken.None);
        using var patience = _loop.After(Patience, CutOffClients);
        await _listener.DisposeAsync();
        await _loop.DisposeAsync();
        await _watchdog.DisposeAsync();
        _children.Dispose();
        _directory.Dispose();
        _shutdown.TrySetResult();
        _logger.Stopped();
    }

    private Task[] KillAll()
    {
        _instance.Queue.IsStarted = false;
        _instance.Queue.IsEnabled = false;
        var shells = _instance.Jobs.Active.Select(job => job.Shell).OfType<JobShell>().ToArray();
        Array.ForEach(shells, shell => shell.Signal(SigKill));
        return Array.ConvertAll(shells, shell => shell.Ended);
    }

    private void CloseClients()
    {
        _instance.Journal.End();
        _router.IsShuttingDown = true;
        foreach (var client in _clients)
        {
            client.CloseWhenRead();
        }
    }

    private void CutOffClients()
    {
        foreach (var client in _clients)
        {
            client.Close("the broker ends");
        }
    }
}
