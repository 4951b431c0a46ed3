using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Hosting;

/// <summary>Where the server listens, and how much of a request it takes.</summary>
internal sealed class ServerLimits(ServerOptions server) : IConfigureOptions<KestrelServerOptions>
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
        options.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        switch (server.Host)
        {
            case "localhost": options.ListenLocalhost(server.Port); break;
            case "*": options.ListenAnyIP(server.Port); break;
            default: options.Listen(IPAddress.Parse(server.Host), server.Port); break;
        }
    }
}
