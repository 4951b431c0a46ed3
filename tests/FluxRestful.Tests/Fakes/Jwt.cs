using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FluxRestful.Tests.Fakes;

/// <summary>Tokens made by hand, also such as no library would make.</summary>
internal static class Jwt
{
    internal const string Hs256 = """{"alg":"HS256","typ":"JWT"}""";

    internal static string Sign(string claims, string key, string header = Hs256) => Sign(claims, Encoding.UTF8.GetBytes(key), header);

    internal static string Sign(string claims, byte[] key, string header = Hs256)
    {
        var body = $"{Encode(header)}.{Encode(claims)}";
        return $"{body}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body)))}";
    }

    internal static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
