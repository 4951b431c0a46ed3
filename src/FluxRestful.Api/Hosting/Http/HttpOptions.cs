using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Hosting.Http;

/// <summary>How patient the server is with clients: section <c>Http</c> of appsettings.json.</summary>
internal sealed class HttpOptions
{
    public const string Section = "Http";

    /// <summary>How many seconds the headers of a request may take.</summary>
    [Range(1, 600)]
    public int HeadersTimeout { get; set; } = 15;

    /// <summary>How many seconds a connection may be silent between requests, and before the first.</summary>
    [Range(1, 3600)]
    public int IdleTimeout { get; set; } = 120;

    /// <summary>The least speed, in bytes a second, at which a body must come and an answer be taken.</summary>
    [Range(1, 1_000_000_000)]
    public int LeastSpeed { get; set; } = 240;

    /// <summary>For how many seconds a client may be slower than that.</summary>
    [Range(2, 600)]
    public int SlowFor { get; set; } = 5;

    /// <summary>How many connections there may be; one more is closed at once.</summary>
    [Range(1, 1_000_000)]
    public int MostConnections { get; set; } = 10_000;

    /// <summary>A port for HTTP/2 without TLS, for a proxy that speaks it; 0 for none.</summary>
    [Range(0, 65535)]
    public int Http2Port { get; set; }
}

[OptionsValidator]
internal sealed partial class HttpOptionsValidator : IValidateOptions<HttpOptions>;
