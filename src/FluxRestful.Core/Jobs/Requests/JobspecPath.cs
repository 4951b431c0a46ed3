using System.Text.Json;
using System.Text.Json.Nodes;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>Dotted paths into a jobspec, as -o and --setattr have them.</summary>
internal static class JobspecPath
{
    // A path makes objects inside objects; what reads JSON bounds how deep.
    private const int LongestPath = 30;

    // With the longest path before it, and what a jobspec has around that, a value stays within the 64 levels that JSON is read and written with.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 24 };

    internal static string OfAttribute(string key) => key switch
    {
        _ when key.StartsWith("attributes.", StringComparison.Ordinal) => key["attributes.".Length..],
        ['.', .. var rest] => rest,
        _ when key.StartsWith("user.", StringComparison.Ordinal) || key.StartsWith("system.", StringComparison.Ordinal) => key,
        _ => $"system.{key}",
    };

    internal static JsonNode? Value(string field, JsonElement value)
    {
        try
        {
            using var document = JsonDocument.Parse(Text(field, value.GetRawText()), Strict);
            CheckTexts(field, document.RootElement);
            return JsonNode.Parse(document.RootElement.GetRawText());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw Wrong(field, "A value is no JSON that can be passed on.");
        }
    }

    // An escape may stand for a zero byte or for half a character: the text is sound as it is written, and not as it is read.
    private static void CheckTexts(string field, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Text(field, value.GetString());
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    CheckTexts(field, item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    Text(field, member.Name);
                    CheckTexts(field, member.Value);
                }

                break;
        }
    }

    internal static void Set(JsonObject root, string field, string path, JsonNode? value)
    {
        var names = Text(field, path).Split('.');
        if (names.Contains("") || names.Length > LongestPath)
        {
            throw Wrong(field, $"A path is names with dots between them, {LongestPath} at most.");
        }

        var target = root;
        foreach (var name in names[..^1])
        {
            target = target[name] switch
            {
                JsonObject inner => inner,
                null => (JsonObject)(target[name] = new JsonObject())!,
                _ => throw Wrong(field, $"There is a value already on the way to {path}."),
            };
        }

        target[names[^1]] = value;
    }
}
