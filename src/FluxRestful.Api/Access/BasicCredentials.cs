using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FluxRestful.Api.Access;

/// <summary>What a <c>Basic</c> header says (RFC 7617): base64 of name, colon, password, in UTF-8. The password may contain colons.</summary>
internal sealed record BasicCredentials(string Name, string Password)
{
    // A name of 64 and a password of 72 bytes, in base64, leave ample room.
    private const int LongestHeader = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static bool TryParse(string header, [NotNullWhen(true)] out BasicCredentials? credentials)
    {
        credentials = null;
        if (header.Length > LongestHeader || !header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var encoded = header.AsSpan(6).Trim(' ');
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(encoded.Length)];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
        {
            return false;
        }

        try
        {
            var text = StrictUtf8.GetString(bytes, 0, length);
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            credentials = colon < 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
            return credentials is not null;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    public override string ToString() => nameof(BasicCredentials);
}
