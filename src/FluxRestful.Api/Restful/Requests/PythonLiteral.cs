using System.Globalization;
using System.Text;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>
/// Python's <c>repr</c> of a dict of strings, such as <c>{'A': 'b'}</c>: what the httpx library puts into a query when it is handed a dict,
/// and hence what flux-restful-api's own client sends as <c>envars</c>.
/// </summary>
internal static class PythonLiteral
{
    public static bool TryReadDict(string text, out List<KeyValuePair<string, string>> pairs)
    {
        pairs = [];
        var at = 0;
        if (!Skip(text, ref at, '{'))
        {
            return false;
        }

        while (!Skip(text, ref at, '}'))
        {
            if ((pairs.Count > 0 && !Skip(text, ref at, ',')) || !TryReadString(text, ref at, out var key) || !Skip(text, ref at, ':')
                || !TryReadString(text, ref at, out var value))
            {
                return false;
            }

            pairs.Add(new(key, value));
        }

        return text.AsSpan(at).Trim().IsEmpty;
    }

    private static bool Skip(string text, ref int at, char expected)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        if (at == text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private static bool TryReadString(string text, ref int at, out string value)
    {
        value = "";
        var quote = Skip(text, ref at, '\'') ? '\'' : Skip(text, ref at, '"') ? '"' : '\0';
        if (quote == '\0')
        {
            return false;
        }

        var read = new StringBuilder();
        for (; at < text.Length && text[at] != quote; at++)
        {
            if (text[at] != '\\')
            {
                read.Append(text[at]);
            }
            else if (++at == text.Length || !TryReadEscape(text, ref at, read))
            {
                return false;
            }
        }

        value = read.ToString();
        return at++ < text.Length;
    }

    /// <summary>Leaves <paramref name="at"/> on the last character of the escape.</summary>
    private static bool TryReadEscape(string text, ref int at, StringBuilder read)
    {
        switch (text[at])
        {
            case '\\' or '\'' or '"':
                read.Append(text[at]);
                return true;
            case 'n':
                read.Append('\n');
                return true;
            case 'r':
                read.Append('\r');
                return true;
            case 't':
                read.Append('\t');
                return true;
            case 'x':
                return TryReadCodePoint(text, ref at, 2, read);
            case 'u':
                return TryReadCodePoint(text, ref at, 4, read);
            case 'U':
                return TryReadCodePoint(text, ref at, 8, read);
            default:
                return false;
        }
    }

    private static bool TryReadCodePoint(string text, ref int at, int digits, StringBuilder read)
    {
        if (at + digits >= text.Length
            || !int.TryParse(text.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code))
        {
            return false;
        }

        at += digits;
        read.Append(new Rune(code).ToString());
        return true;
    }
}
