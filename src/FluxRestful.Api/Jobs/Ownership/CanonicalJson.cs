using System.Globalization;
using System.Text.Json;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// One spelling for JSON that means the same: members in order of their names, one form for each number. Flux stores a jobspec through another
/// library, which spells 0.1 as 0.10000000000000001 and keeps members in an order of its own.
/// </summary>
internal static class CanonicalJson
{
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(value), skipInputValidation: true);
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(value.GetString());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    /// <summary>Integers as they are; anything else as the shortest text that reads back to the same double. 1 and 1.0 are the same number here.</summary>
    private static string Number(JsonElement value) => value.TryGetInt64(out var integer)
        ? integer.ToString(CultureInfo.InvariantCulture)
        : value.GetDouble().ToString("R", CultureInfo.InvariantCulture);
}
