using System.Globalization;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Core.Jobs.Records;

/// <summary><c>scheme:value?key=value</c>, the form of dependencies (RFC 26) and task maps (RFC 34) on the command line.</summary>
internal static class JobUri
{
    internal static JsonObject Parse(string field, string text)
    {
        JobRequestCheck.Text(field, text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon < 0 ? text : text[..colon];
        if (scheme.Length == 0
            || !char.IsAsciiLetter(scheme[0])
            || !scheme.All(character => char.IsAsciiLetterOrDigit(character) || character is '+' or '-' or '.'))
        {
            throw JobRequestCheck.Wrong(field, "This is written scheme:value, and a scheme has letters, digits, plus, minus and dots.");
        }

        var rest = colon < 0 ? "" : text[(colon + 1)..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var entry = new JsonObject
        {
            ["scheme"] = scheme.ToLowerInvariant(),
            ["value"] = question < 0 ? rest : rest[..question],
        };
        if (question >= 0)
        {
            Read(entry, rest[(question + 1)..]);
        }

        return entry;
    }

    private static void Read(JsonObject entry, string query)
    {
        var pairs = from pair in query.Split('&')
                    let sign = pair.IndexOf('=', StringComparison.Ordinal)
                    where sign > 0 && sign < pair.Length - 1
                    group Value(Unescape(pair[(sign + 1)..])) by Unescape(pair[..sign]);
        foreach (var values in pairs)
        {
            entry[values.Key] = values.Skip(1).Any() ? new JsonArray([.. values]) : values.Single();
        }
    }

    private static JsonValue Value(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return JsonValue.Create(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real)
            ? JsonValue.Create(real)
            : JsonValue.Create(text);
    }

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
