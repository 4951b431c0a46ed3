using System.Text.Json;
using System.Text.RegularExpressions;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>A condition on nodes (RFC 31) as one would type it (RFC 35); as JSON where that would not be read as the same again.</summary>
internal static partial class ConstraintText
{
    internal static string Of(JsonElement constraint) => constraint.ValueKind != JsonValueKind.Object ? "" : Text(constraint, isInner: false) ?? constraint.GetRawText();

    private static string? Text(JsonElement constraint, bool isInner)
    {
        if (constraint.ValueKind != JsonValueKind.Object || constraint.EnumerateObject().ToList() is not [{ Value: { ValueKind: JsonValueKind.Array } list } only] || list.GetArrayLength() == 0)
        {
            return null;
        }

        var values = list.EnumerateArray().ToList();
        return (only.Name, values.Count) switch
        {
            ("properties", _) => values.TrueForAll(IsProperty) ? string.Join(',', values.Select(value => value.GetString())) : null,
            ("hostlist", 1) => Term("host:", values[0]),
            ("ranks", 1) => Term("rank:", values[0]),
            ("not", 1) => Text(values[0], isInner: true) is { } inner ? "not " + inner : null,
            // Properties beside each other would become one list.
            ("and", > 1) when values.Count(value => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("properties", out _)) < 2 => Joined(values, " and ", isInner),
            ("or", > 1) => Joined(values, " or ", isInner),
            _ => null,
        };
    }

    private static string? Joined(List<JsonElement> values, string by, bool isInner)
    {
        var terms = values.ConvertAll(value => Text(value, isInner: true));
        return terms.Contains(null) ? null : isInner ? $"({string.Join(by, terms)})" : string.Join(by, terms);
    }

    private static string? Term(string kind, JsonElement value) => value.ValueKind == JsonValueKind.String && Plain().IsMatch(value.GetString()!) ? kind + value.GetString() : null;

    private static bool IsProperty(JsonElement value) => value.ValueKind == JsonValueKind.String && Property().IsMatch(value.GetString()!) && value.GetString() is not ("and" or "or" or "not");

    [GeneratedRegex(@"\A\^?[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    private static partial Regex Property();

    [GeneratedRegex(@"\A[A-Za-z0-9_.,\[\]-]+\z")]
    private static partial Regex Plain();
}
