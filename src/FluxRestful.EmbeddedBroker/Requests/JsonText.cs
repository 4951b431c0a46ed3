using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>Writes JSON as Flux does: UTF-8 as it is, and reals that look like reals (a strict reader tells 1 from 1.0).</summary>
internal static class JsonText
{
    /// <summary>How deep a value may be nested.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> buffer) => new(buffer, Options);

    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = Writer(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteReal(this Utf8JsonWriter writer, string name, double value)
    {
        writer.WritePropertyName(name);
        writer.WriteRealValue(value);
    }

    public static void WriteRealValue(this Utf8JsonWriter writer, double value) => writer.WriteRawValue(JsonRewriter.Real(value), skipInputValidation: true);

    public static void WriteRaw(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json, skipInputValidation: true);
    }

    /// <summary>A copy on its own memory, for what outlives its document.</summary>
    public static JsonElement Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth }).RootElement;
}
