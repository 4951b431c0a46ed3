using System.Text.Json;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>
/// Reads what is meant as a map from text to text: a JSON object, a JSON text of one, Python's repr of a dict, or <c>K=V</c> texts
/// (repeated, a JSON array of them, or one text with a separator between).
/// </summary>
internal static class Pairs
{
    /// <summary>Null if it is none of these; the reason is then in <paramref name="problem"/>.</summary>
    public static List<KeyValuePair<string, string>>? Read(GivenValue value, char separator, out string? problem)
    {
        problem = null;
        if (value.IsJson && value.Json.ValueKind != JsonValueKind.String)
        {
            return value.Json.ValueKind switch
            {
                JsonValueKind.Object => FromObject(value.Json, out problem),
                JsonValueKind.Array => FromArray(value.Json, out problem),
                _ => Not("a map of texts", out problem),
            };
        }

        if (value.Text is not { } text)
        {
            return FromTexts(value.Texts, out problem);
        }

        return text.AsSpan().TrimStart().StartsWith("{") ? FromLiteral(text, out problem) : FromTexts(text.Split(separator), out problem);
    }

    public static List<KeyValuePair<string, string>>? FromObject(JsonElement json, out string? problem)
    {
        problem = null;
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var member in json.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
            {
                return Not($"a map of texts: the value of {member.Name} is none", out problem);
            }

            pairs.Add(new(member.Name, member.Value.GetString()!));
        }

        return pairs;
    }

    private static List<KeyValuePair<string, string>>? FromArray(JsonElement json, out string? problem) =>
        json.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? FromTexts(json.EnumerateArray().Select(item => item.GetString()!), out problem)
            : Not("a list of K=V texts", out problem);

    private static List<KeyValuePair<string, string>>? FromLiteral(string text, out string? problem)
    {
        problem = null;
        if (PythonLiteral.TryReadDict(text, out var pairs))
        {
            return pairs;
        }

        try
        {
            using var document = JsonDocument.Parse(text, SubmitBody.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? FromObject(document.RootElement, out problem) : Not("a map of texts", out problem);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return Not("a map of texts", out problem);
        }
    }

    private static List<KeyValuePair<string, string>>? FromTexts(IEnumerable<string> texts, out string? problem)
    {
        problem = null;
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in texts.Where(text => text.Length > 0))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return Not("of the form K=V", out problem);
            }

            pairs.Add(new(text[..equals], text[(equals + 1)..]));
        }

        return pairs;
    }

    private static List<KeyValuePair<string, string>>? Not(string what, out string? problem)
    {
        problem = "value is not " + what;
        return null;
    }
}
