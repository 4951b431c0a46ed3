using FluxRestful.Api.Hosting;
using FluxRestful.Core;
using FluxRestful.EmbeddedBroker;

namespace FluxRestful.Api.Broker;

/// <summary>
/// The one connection to the broker, for the whole server. Chooses which broker: the one of <c>FLUX_URI</c>, the one of this machine, or, where there is none,
/// the embedded one. Nothing else in the server knows which it is.
/// </summary>
internal sealed partial class BrokerConnection(ServerOptions options, IHostApplicationLifetime server, TimeProvider time, ILoggerFactory loggers)
    : IHostedService, IAsyncDisposable
{
    /// <summary>Where a Flux that runs as a service of the machine listens.</summary>
    private const string SystemSocket = "/run/flux/local";
    private const string SystemUri = "local://" + SystemSocket;

    private readonly ILogger _logger = loggers.CreateLogger<BrokerConnection>();
    private EmbeddedBroker.EmbeddedBroker? _embedded;
    private Task _ending = Task.CompletedTask;
    private BrokerClient? _client;

    public BrokerClient Client => _client ?? throw new InvalidOperationException("The broker connection has not been started.");

    public bool IsConnected => _client?.IsConnected ?? false;

    public bool IsEmbedded => _embedded is not null;

    public string Uri { get; private set; } = "";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Uri = options switch
        {
            { FluxUri: { } uri } => uri,
            { BrokerMode: BrokerMode.Flux } => SystemUri,
            { BrokerMode: BrokerMode.Auto } when File.Exists(SystemSocket) => SystemUri,
            _ => await StartEmbeddedAsync(cancellationToken),
        };
        _client = new BrokerClient(
            new BrokerClientOptions { Uri = Uri, RequestTimeout = TimeSpan.FromSeconds(30) }, time, loggers.CreateLogger<BrokerClient>());
        if (!IsEmbedded)
        {
            UsesFlux(Uri);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _ending.WaitAsync(cancellationToken);

    /// <summary>After everything that may still be using it has stopped.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_embedded is not null)
        {
            await _embedded.DisposeAsync();
        }
    }

    /// <summary>Whoever shuts the instance down ends its server too, if the instance lives in the server.</summary>
    private async Task EndWithItAsync(Task shutdown)
    {
        await shutdown.WaitAsync(server.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        server.StopApplication();
    }

    private async Task<string> StartEmbeddedAsync(CancellationToken cancellationToken)
    {
        var embedded = new EmbeddedBrokerOptions { MaxOutputBytesPerJob = options.EmbeddedOutputBytes };
        _embedded = await EmbeddedBroker.EmbeddedBroker.StartAsync(embedded, time, loggers, cancellationToken);
        _ending = EndWithItAsync(_embedded.Completion);
        if (options.BrokerMode is BrokerMode.Auto)
        {
            FoundNone();
        }

        return _embedded.Uri;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker is the Flux instance at {Uri}")]
    private partial void UsesFlux(string uri);

    [LoggerMessage(Level = LogLevel.Information, Message = "The embedded broker is used because there is neither FLUX_URI nor " + SystemSocket)]
    private partial void FoundNone();
}
