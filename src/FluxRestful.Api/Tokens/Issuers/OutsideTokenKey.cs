using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace FluxRestful.Api.Tokens.Issuers;

/// <summary>What a token of another issuer is among the revoked.</summary>
internal static class OutsideTokenKey
{
    /// <summary>What all of them begin with: no token of ours has such an id.</summary>
    internal const string Prefix = "o-";

    // 120 bits.
    private const int Digits = 30;

    /// <summary>By its <c>jti</c>. Without one by what is signed, and not by the signature: of ES256 anybody can make a second one of the same token.</summary>
    internal static string Of(string issuer, JsonWebToken token) =>
        string.IsNullOrEmpty(token.Id) ? Of(issuer, "signed", $"{token.EncodedHeader}.{token.EncodedPayload}") : Of(issuer, token.Id);

    internal static string Of(string issuer, string jti) => Of(issuer, "jti", jti);

    private static string Of(string issuer, string kind, string id) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{kind}\n{id}")))[..Digits];
}
