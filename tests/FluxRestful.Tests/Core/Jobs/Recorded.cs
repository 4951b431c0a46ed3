using System.Text.Json;

namespace FluxRestful.Tests.Core.Jobs;

/// <summary>The recorded data beside the tests.</summary>
internal static class Recorded
{
    internal static JsonElement Json(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", path)));
        return document.RootElement.Clone();
    }

    /// <summary>Payloads of a transcript that the server sent under a topic.</summary>
    internal static IEnumerable<JsonElement> Answers(string transcript, string topic) => Payloads(transcript, topic, "s2c");

    /// <summary>Payloads of a transcript that a client sent under a topic.</summary>
    internal static IEnumerable<JsonElement> Requests(string transcript, string topic) => Payloads(transcript, topic, "c2s");

    /// <summary>Numbers compare by value, objects without order: what two answers must have in common.</summary>
    internal static string Normal(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', element.EnumerateObject().OrderBy(each => each.Name, StringComparer.Ordinal)
            .Select(each => JsonSerializer.Serialize(each.Name) + ":" + Normal(each.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', element.EnumerateArray().Select(Normal)) + "]",
        JsonValueKind.String => JsonSerializer.Serialize(element.GetString()),
        JsonValueKind.Number when !element.TryGetInt64(out _) => element.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => element.GetRawText(),
    };

    private static IEnumerable<JsonElement> Payloads(string transcript, string topic, string direction) =>
        from item in Json($"transcripts/{transcript}.json") is { ValueKind: JsonValueKind.Object } whole
            ? whole.GetProperty("items").EnumerateArray()
            : Json($"transcripts/{transcript}.json").EnumerateArray()
        where item.TryGetProperty("dir", out var given) && given.GetString() == direction
        let decoded = item.GetProperty("decoded")
        where decoded.TryGetProperty("topic", out var about) && about.GetString() == topic
        where decoded.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object
        select decoded.GetProperty("payload");
}
