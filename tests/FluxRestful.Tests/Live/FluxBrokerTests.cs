namespace FluxRestful.Tests.Live;

[Collection(nameof(LiveFlux))]
public sealed class FluxBrokerTests(LiveFlux flux) : BrokerTests
{
    protected override Task<string> UriAsync(CancellationToken cancellationToken) => flux.UriAsync(cancellationToken);

    protected override async Task<IAsyncDisposable> StartAsync(string directory, CancellationToken cancellationToken) =>
        await FluxInstance.StartAsync(1, cancellationToken, directory);
}
