using System.Text.Json;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>A parameter as it came: texts from a query or a form (several if it was repeated), or a value of a JSON body.</summary>
internal readonly record struct GivenValue(string Source, IReadOnlyList<string> Texts, JsonElement Json)
{
    public bool IsJson => Json.ValueKind != JsonValueKind.Undefined;

    /// <summary>An empty text and a null say nothing: httpx sends None as an empty text.</summary>
    public bool IsAbsent => IsJson
        ? Json.ValueKind == JsonValueKind.Null || (Json.ValueKind == JsonValueKind.String && Json.ValueEquals(""u8))
        : Texts.All(text => text.Length == 0);

    /// <summary>The one text it consists of; null for several texts and for JSON that is no string.</summary>
    public string? Text => IsJson ? (Json.ValueKind == JsonValueKind.String ? Json.GetString() : null) : Texts.Count == 1 ? Texts[0] : null;
}
