using System.Net;
using System.Net.Sockets;

namespace FluxRestful.Api.Network;

/// <summary>Which addresses count as one when somebody is slowed down: one customer's network has 2^64 addresses of IPv6.</summary>
internal static class AddressGroup
{
    internal static string Of(IPAddress? address) => address switch
    {
        null => "-",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
