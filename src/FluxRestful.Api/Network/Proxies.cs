using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

/// <summary>Where a request really came from: what a known proxy says, and for everybody else the other end of the connection.</summary>
internal static class Proxies
{
    internal static void UseKnownProxies(this IApplicationBuilder app)
    {
        var known = app.ApplicationServices.GetRequiredService<IOptions<NetworkOptions>>().Value.KnownProxies;
        if (known.Count == 0)
        {
            return;
        }

        // Any number of proxies in a row, as each has to be known.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All & ~ForwardedHeaders.XForwardedPrefix, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in known)
        {
            options.KnownIPNetworks.Add(TryParse(proxy, out var network) ? network : throw new InvalidOperationException("It was validated."));
        }

        app.UseForwardedHeaders(options);
    }

    internal static bool TryParse(string text, out System.Net.IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return System.Net.IPNetwork.TryParse(text, out network);
    }
}
