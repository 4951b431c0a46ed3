using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace FluxRestful.Api.Tokens;

/// <summary>
/// Tokens that are nothing but random: a prefix that secret scanners find, letters and digits, and six more that are CRC-32C of all before, so
/// that a scanner, and we, know a token from a word that looks like one without asking anybody.
/// </summary>
internal static class TokenText
{
    /// <summary>256 bits.</summary>
    internal const int SecretLength = 43;

    private const int CheckLength = 6;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Letters = SearchValues.Create(Base62);

    internal static string Random(int length) => RandomNumberGenerator.GetString(Base62, length);

    internal static string WithCheck(string text)
    {
        Span<char> check = stackalloc char[CheckLength];
        var rest = Crc32C(text);
        for (var at = CheckLength - 1; at >= 0; at--, rest /= 62)
        {
            check[at] = Base62[(int)(rest % 62)];
        }

        return string.Concat(text, check);
    }

    /// <summary>Whether it is of this kind at all: the prefix, so many letters behind it, the right check.</summary>
    internal static bool IsWellFormed(string text, string prefix, int length) =>
        text.Length == prefix.Length + length + CheckLength
        && text.StartsWith(prefix, StringComparison.Ordinal)
        && !text.AsSpan(prefix.Length).ContainsAnyExcept(Letters)
        && WithCheck(text[..^CheckLength]) == text;

    /// <summary>How a token is stored. 256 random bits cannot be guessed from it, so it need not be slow as a password's hash must.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static uint Crc32C(string text)
    {
        var crc = uint.MaxValue;
        foreach (var letter in Encoding.ASCII.GetBytes(text))
        {
            crc = BitOperations.Crc32C(crc, letter);
        }

        return ~crc;
    }
}
