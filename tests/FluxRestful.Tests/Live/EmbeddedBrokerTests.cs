using FluxRestful.EmbeddedBroker;

namespace FluxRestful.Tests.Live;

public sealed class EmbeddedBrokerTests(EmbeddedFlux flux) : BrokerTests, IClassFixture<EmbeddedFlux>
{
    protected override Task<string> UriAsync(CancellationToken cancellationToken) => Task.FromResult(flux.Uri);

    protected override async Task<IAsyncDisposable> StartAsync(string directory, CancellationToken cancellationToken) =>
        await EmbeddedFlux.StartAsync(new EmbeddedBrokerOptions { Directory = directory, Cores = 2 }, cancellationToken);
}
