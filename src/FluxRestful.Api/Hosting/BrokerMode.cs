namespace FluxRestful.Api.Hosting;

/// <summary>Which broker the server speaks to (<c>Broker:Mode</c>).</summary>
internal enum BrokerMode
{
    /// <summary>A real one if there is one, the embedded one otherwise.</summary>
    Auto,

    /// <summary>A real one, never the embedded one.</summary>
    Flux,

    /// <summary>The embedded one, for trying and testing.</summary>
    Embedded,
}
