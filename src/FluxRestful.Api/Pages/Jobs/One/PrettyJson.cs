using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FluxRestful.Api.Pages.Jobs.One;

/// <summary>JSON for people.</summary>
internal static class PrettyJson
{
    // Shown as text, so letters need not be written as numbers.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, MaxDepth = 1024, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Compact = new() { MaxDepth = 1024, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(JsonElement element) => Write(element, Indented);

    /// <summary>In one line.</summary>
    internal static string Line(JsonElement element) => Write(element, Compact);

    private static string Write(JsonElement element, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            element.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
