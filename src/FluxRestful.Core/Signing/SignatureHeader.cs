using System.Text;

namespace FluxRestful.Core.Signing;

/// <summary>
/// The first part of J: <c>key NUL letter value NUL</c> in any order; the letter is the value's kind
/// (i integer, s string, b bool, d double, t time; flux-security, src/libutil/kv.c).
/// </summary>
internal static class SignatureHeader
{
    private const string Kinds = "isbdt";

    internal static byte[] Write(uint userId) => Encoding.ASCII.GetBytes($"version\0i1\0userid\0i{userId}\0mechanism\0snone\0");

    /// <returns>Null if it is no such list.</returns>
    internal static Dictionary<string, string>? Read(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty || header[^1] != 0)
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(header[..^1]).Split('\0');
        if (parts.Length % 2 != 0)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < parts.Length; at += 2)
        {
            if (parts[at].Length == 0 || parts[at + 1].Length == 0 || !Kinds.Contains(parts[at + 1][0], StringComparison.Ordinal))
            {
                return null;
            }

            values[parts[at]] = parts[at + 1];
        }

        return values;
    }
}
