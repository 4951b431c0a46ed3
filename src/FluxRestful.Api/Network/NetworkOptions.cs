namespace FluxRestful.Api.Network;

/// <summary>How the server stands in its network: section <c>Network</c> of appsettings.json. With nothing set it trusts nobody and is known to all.</summary>
internal sealed class NetworkOptions
{
    public const string Section = "Network";

    /// <summary>Addresses, or networks as <c>10.0.0.0/8</c>, of proxies whose <c>X-Forwarded-*</c> headers are believed. Nobody else's are.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The names by which clients may know the server: <c>flux.example.org</c>, <c>*.example.org</c>. Empty: any.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Web sites whose scripts may use the server, with a token: <c>https://portal.example.org</c>. Empty: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Where behind a proxy the server begins: <c>/flux</c>.</summary>
    public string? PathBase { get; set; }

    /// <summary>A certificate with its chain, PEM. Set: HTTPS, and nothing but.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>Its key, PEM. Null: in the same file.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>How many days a browser shall not come without TLS again after it came with it. 0: it is not told.</summary>
    public int HstsDays { get; set; } = 365;
}
