using FluxRestful.EmbeddedBroker;
using Microsoft.Extensions.Logging.Abstractions;
using Broker = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.Live;

/// <summary>One embedded broker for all tests of a class.</summary>
public sealed class EmbeddedFlux : IAsyncLifetime
{
    private const int Cores = 8;

    private Broker? _broker;

    internal string Uri => _broker!.Uri;

    public async ValueTask InitializeAsync() =>
        _broker = await StartAsync(new EmbeddedBrokerOptions { Cores = Cores }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
            Assert.Empty(LiveFlux.ProcessesOf(_broker.Uri));
        }
    }

    internal static Task<Broker> StartAsync(EmbeddedBrokerOptions options, CancellationToken cancellationToken) =>
        Broker.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
}
