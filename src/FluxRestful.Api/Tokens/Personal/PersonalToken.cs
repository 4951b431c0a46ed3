using System.Net;
using FluxRestful.Api.Storage.Tokens;

namespace FluxRestful.Api.Tokens.Personal;

/// <summary>A personal token as it was read; shared between requests, so it cannot change.</summary>
internal sealed record PersonalToken(int Id, int TenantId, string Hash, string Scopes, IReadOnlyList<IPNetwork> Networks, DateTimeOffset ExpiresAt)
{
    internal const string Prefix = "frp_";

    internal static PersonalToken Of(PersonalTokenRecord row) => new(
        row.Id, row.TenantId, row.Hash, row.Scopes, [.. row.Networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)], row.ExpiresAt);

    internal static string New() => TokenText.WithCheck(Prefix + TokenText.Random(TokenText.SecretLength));

    internal static bool IsWellFormed(string text) => TokenText.IsWellFormed(text, Prefix, TokenText.SecretLength);

    /// <summary>Whether it means to be one, right or wrong.</summary>
    internal static bool Looks(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>An unknown address is in no network.</summary>
    internal bool IsGoodFrom(IPAddress? address)
    {
        if (Networks.Count == 0)
        {
            return true;
        }

        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is not null && Networks.Any(network => network.Contains(plain));
    }
}
