using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>A request's JSON object, read as strictly as a real broker does: nothing is converted, null is not "absent".</summary>
internal readonly struct Payload(JsonElement root)
{
    public JsonElement Root { get; } = root;

    public bool Has(string name) => Root.TryGetProperty(name, out _);

    public long Integer(string name) => ReadInteger(Any(name));

    public long? OptionalInteger(string name) => Root.TryGetProperty(name, out var value) ? ReadInteger(value) : null;

    public int SmallInteger(string name) =>
        Integer(name) is var value && value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new PayloadException($"{name} out of range");

    public string String(string name) => ReadString(Any(name));

    public string? OptionalString(string name) => Root.TryGetProperty(name, out var value) ? ReadString(value) : null;

    public bool Boolean(string name) => ReadBoolean(Any(name));

    public bool? OptionalBoolean(string name) => Root.TryGetProperty(name, out var value) ? ReadBoolean(value) : null;

    /// <summary>A real number; an integer will do.</summary>
    public double? OptionalReal(string name) =>
        !Root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw Wrong("real", value);

    public JsonElement Object(string name) => Any(name) is { ValueKind: JsonValueKind.Object } value ? value : throw Wrong("object", Any(name));

    public JsonElement? OptionalObject(string name) => Has(name) ? Object(name) : null;

    public JsonElement Array(string name) => Any(name) is { ValueKind: JsonValueKind.Array } value ? value : throw Wrong("array", Any(name));

    public List<string> Strings(string name)
    {
        var strings = new List<string>();
        foreach (var item in Array(name).EnumerateArray())
        {
            strings.Add(ReadString(item));
        }

        return strings;
    }

    public JsonElement Any(string name) =>
        Root.TryGetProperty(name, out var value) ? value : throw new PayloadException($"Object item not found: {name}");

    private static long ReadInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : throw Wrong("integer", value);

    private static string ReadString(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong("string", value);

    private static bool ReadBoolean(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong("true or false", value);

    private static PayloadException Wrong(string expected, JsonElement value) => new($"Expected {expected}, got {NameOf(value)}");

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "real",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
