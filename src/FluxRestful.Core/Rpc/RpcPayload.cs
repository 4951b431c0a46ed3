using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Rpc;

/// <summary>What is inside a payload. Called on the side of whoever asked, never in the read loop.</summary>
public static class RpcPayload
{
    /// <summary>The payload without its final NULs; empty if there is none (surprise 23).</summary>
    public static ReadOnlyMemory<byte> Bytes(FluxMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var payload = message.Payload.GetValueOrDefault();
        return payload[..payload.Span.TrimEnd((byte)0).Length];
    }

    /// <summary>The payload as text: that of an error (surprise 23), a line of <c>log.dmesg</c> (surprise 24).</summary>
    public static string Text(FluxMessage message) => Encoding.UTF8.GetString(Bytes(message).Span);

    /// <summary>The payload as JSON; <see cref="JsonValueKind.Undefined"/> if there is none.</summary>
    /// <exception cref="ProtocolException">It is not JSON.</exception>
    public static JsonElement Json(FluxMessage message)
    {
        var bytes = Bytes(message);
        if (bytes.IsEmpty)
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(bytes.Span, JsonReading.AsDeepAsFlux);
            var value = JsonElement.ParseValue(ref reader);
            return reader.Read() ? throw NotJson(message, null) : value;
        }
        catch (JsonException e)
        {
            throw NotJson(message, e);
        }
    }

    /// <summary>The payload as a <typeparamref name="T"/>.</summary>
    /// <exception cref="ProtocolException">There is none, or it is something else.</exception>
    public static T Json<T>(FluxMessage message, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Bytes(message).Span, type) ?? throw NotJson(message, null);
        }
        catch (JsonException e)
        {
            throw NotJson(message, e);
        }
    }

    private static ProtocolException NotJson(FluxMessage message, Exception? e) =>
        new($"The payload of a message about {message.Topic} is not what it should be.", e!);
}
