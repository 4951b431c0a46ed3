using System.Net;
using FluxRestful.Api.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Where the server listens, with or without TLS, and how much of a request it takes.</summary>
internal sealed class ServerLimits(ServerOptions server, IOptions<NetworkOptions> network, TimeProvider time, ILogger<ServerCertificate> certificateLogger)
    : IConfigureOptions<KestrelServerOptions>
{
    internal const int LargestBody = 1024 * 1024;

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = LargestBody;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestLineSize = 16 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        var certificate = network.Value.CertificateFile is { } file
            ? new ServerCertificate(file, network.Value.CertificateKeyFile, time, certificateLogger)
            : null;
        options.ConfigureEndpointDefaults(endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
            {
                endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Current) });
            }
        });
        switch (server.Host)
        {
            case "localhost": options.ListenLocalhost(server.Port); break;
            case "*": options.ListenAnyIP(server.Port); break;
            default: options.Listen(IPAddress.Parse(server.Host), server.Port); break;
        }
    }
}
