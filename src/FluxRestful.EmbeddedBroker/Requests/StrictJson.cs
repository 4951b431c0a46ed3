using System.Text.Json;
using System.Text.Unicode;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>
/// Reads JSON as the C library of a real broker does: valid UTF-8, no lone surrogate, no NUL, integers of 64 bits,
/// finite reals, nothing behind the value. A bad payload is refused here, not later by whoever looks at a member.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>Takes a payload with its final NUL (several are fine) apart into the object it must be.</summary>
    public static Payload ReadPayload(ReadOnlyMemory<byte>? payload)
    {
        if (payload is not { Length: > 0 } bytes || bytes.Span[^1] != 0)
        {
            throw new PayloadException("payload is missing or does not end in NUL");
        }

        var text = bytes[..(bytes.Span.LastIndexOfAnyExcept((byte)0) + 1)];
        return TryRead(text, out var root) && root.ValueKind == JsonValueKind.Object
            ? new Payload(root)
            : throw new PayloadException("payload is not a JSON object");
    }

    /// <summary>False if <paramref name="json"/> is anything but one sound JSON value.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, out JsonElement root)
    {
        root = default;
        try
        {
            if (!Utf8.IsValid(json.Span))
            {
                return false;
            }

            CheckValues(json.Span);
            root = JsonDocument.Parse(json, Options).RootElement;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static void CheckValues(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                // Throws on a lone surrogate.
                if (reader.GetString()!.Contains('\0', StringComparison.Ordinal))
                {
                    throw new FormatException("NUL in a text");
                }
            }
            else if (reader.TokenType == JsonTokenType.Number && !IsSound(ref reader))
            {
                throw new FormatException("number out of range");
            }
        }
    }

    private static bool IsSound(ref Utf8JsonReader reader)
    {
        var isReal = reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0;
        return isReal ? double.IsFinite(reader.GetDouble()) : reader.TryGetInt64(out _);
    }
}
