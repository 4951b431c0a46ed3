using System.Net;

namespace FluxRestful.Api.Audit;

/// <summary>An address as people know it: an IPv4 one that came over IPv6 is an IPv4 one.</summary>
internal static class AddressText
{
    internal static string? Of(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();
}
