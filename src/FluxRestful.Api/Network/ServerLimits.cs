using System.Net;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Hosting.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Where the server listens, with or without TLS, and how much of a request it takes.</summary>
internal sealed class ServerLimits(ServerOptions server, IOptions<NetworkOptions> network, IOptions<HttpOptions> http, TimeProvider time, ILogger<ServerCertificate> certificateLogger)
    : IConfigureOptions<KestrelServerOptions>
{
    internal const int LargestBody = 1024 * 1024;

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;

        // Somewhat more than HeaderLimits: what is only a little too much gets an answer that says what.
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        options.Limits.MaxRequestHeaderCount = 128;
        options.Limits.MaxRequestLineSize = 32 * 1024;
        var patience = http.Value;
        var leastSpeed = new MinDataRate(patience.LeastSpeed, TimeSpan.FromSeconds(patience.SlowFor));
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(patience.HeadersTimeout);
        options.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(patience.IdleTimeout);
        options.Limits.MinRequestBodyDataRate = leastSpeed;
        options.Limits.MinResponseDataRate = leastSpeed;
        options.Limits.MaxConcurrentConnections = patience.MostConnections;
        var certificate = network.Value.CertificateFile is { } file
            ? new ServerCertificate(file, network.Value.CertificateKeyFile, time, certificateLogger)
            : null;
        options.ConfigureEndpointDefaults(endpoint =>
        {
            if (certificate is not null)
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Current) });
            }
        });
        Listen(options, server.Port, HttpProtocols.Http1);
        if (patience.Http2Port > 0)
        {
            Listen(options, patience.Http2Port, HttpProtocols.Http2);
        }
    }

    private void Listen(KestrelServerOptions options, int port, HttpProtocols protocols)
    {
        switch (server.Host)
        {
            case "localhost": options.ListenLocalhost(port, Speak); break;
            case "*": options.ListenAnyIP(port, Speak); break;
            default: options.Listen(IPAddress.Parse(server.Host), port, Speak); break;
        }

        void Speak(ListenOptions endpoint) => endpoint.Protocols = protocols;
    }
}
