using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace FluxRestful.Api.Tokens.Payload;

/// <summary>
/// The encoded payload of <c>/v1/token</c>: a JWT of user, pass and scope, signed HS256 with the shared secret. Verified by hand and strictly,
/// because that secret may be shorter than a token library takes, and because it must open this one thing only.
/// </summary>
/// <param name="IssuedAt">Seconds of Unix time, if it says when it was made.</param>
/// <param name="ExpiresAt">If it says until when it is good.</param>
/// <param name="Id">Its <c>jti</c>.</param>
internal sealed record EncodedPayload(string User, string Password, double? IssuedAt = null, double? ExpiresAt = null, string? Id = null)
{
    internal const int LongestToken = 8 * 1024;

    private const string Scope = "token";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>False for whatever is wrong; the caller has one answer to all of it.</summary>
    internal static bool TryOpen(string token, string secretKey, TimeProvider time, [NotNullWhen(true)] out EncodedPayload? payload)
    {
        payload = null;
        if (token.Length > LongestToken || token.Split('.') is not [{ Length: > 0 } header, { Length: > 0 } body, { Length: > 0 } signature])
        {
            return false;
        }

        try
        {
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes($"{header}.{body}"));
            if (!CryptographicOperations.FixedTimeEquals(expected, Decode(signature))
                || Members(header) is not { } head || head["alg"] is not { ValueKind: JsonValueKind.String } algorithm || !algorithm.ValueEquals("HS256")
                || head.ContainsKey("crit"))
            {
                return false;
            }

            return TryRead(Members(body), time.GetUtcNow().ToUnixTimeSeconds(), out payload);
        }
        catch (Exception failure) when (failure is FormatException or JsonException or DecoderFallbackException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    public override string ToString() => nameof(EncodedPayload);

    private static bool TryRead(Dictionary<string, JsonElement> claims, long now, [NotNullWhen(true)] out EncodedPayload? payload)
    {
        payload = null;
        if (claims["user"] is not { ValueKind: JsonValueKind.String } user
            || claims["pass"] is not { ValueKind: JsonValueKind.String } password
            || claims["scope"] is not { ValueKind: JsonValueKind.String } scope || !scope.ValueEquals(Scope)
            || !IsCurrent(claims, now)
            || (claims.TryGetValue("jti", out var jti) && jti is not { ValueKind: JsonValueKind.String }))
        {
            return false;
        }

        payload = new EncodedPayload(
            user.GetString()!, password.GetString()!, Find(claims, "iat"), Find(claims, "exp"), claims.TryGetValue("jti", out var id) ? id.GetString() : null);
        return true;
    }

    // Honoured where present: the Python client sends none of them.
    private static bool IsCurrent(Dictionary<string, JsonElement> claims, long now) =>
        (!claims.TryGetValue("exp", out var expires) || (Number(expires) is { } end && end > now))
        && (!claims.TryGetValue("nbf", out var notBefore) || (Number(notBefore) is { } start && start <= now + 5))
        && (!claims.TryGetValue("iat", out var issued) || (Number(issued) is { } made && made <= now + 5));

    private static double? Find(Dictionary<string, JsonElement> claims, string name) => claims.TryGetValue(name, out var value) ? Number(value) : null;

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static Dictionary<string, JsonElement> Members(string part)
    {
        // GetString is the check of the encoding: the JSON reader would take some of what it refuses.
        using var document = JsonDocument.Parse(StrictUtf8.GetString(Decode(part)), new JsonDocumentOptions { MaxDepth = 4 });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException();
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value.Clone()))
            {
                throw new FormatException();
            }
        }

        return members;
    }

    // Padding and blanks are not of the alphabet, and the unused bits of the last letter must be zero: one value has one spelling.
    private static byte[] Decode(string part)
    {
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : throw new FormatException();
    }
}
