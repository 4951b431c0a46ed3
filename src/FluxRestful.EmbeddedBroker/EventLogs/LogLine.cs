using System.Text.Json;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>Writes entries of eventlogs (RFC 18): <c>{"timestamp":F,"name":s,"context"?:{}}</c> and a newline.</summary>
internal static class LogLine
{
    public static byte[] Encode(double timestamp, string name, byte[]? context)
    {
        var json = JsonText.Object(writer =>
        {
            writer.WriteReal("timestamp", timestamp);
            writer.WriteString("name", name);
            if (context is not null)
            {
                writer.WriteRaw("context", context);
            }
        });
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        return json;
    }

    public static byte[] Encode(double timestamp, string name, Action<Utf8JsonWriter> context) => Encode(timestamp, name, JsonText.Object(context));
}
