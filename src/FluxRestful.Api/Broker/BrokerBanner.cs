using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Broker;

/// <summary>Which broker the server found, said at start.</summary>
internal sealed class BrokerBanner(BrokerConnection broker) : IBannerLine
{
    public string Name => "Broker";

    public string Value => broker switch
    {
        { IsEmbedded: true } => $"EMBEDDED, for trying and testing ({broker.Uri})",
        { IsConnected: true } => $"Flux at {broker.Uri}",
        _ => $"Flux at {broker.Uri}, not reached yet",
    };
}
