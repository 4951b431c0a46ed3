using System.Globalization;
using System.Text.Json;

namespace FluxRestful.Core.Jobs;

/// <summary>Reading Flux's JSON without exceptions for what is absent or of another kind.</summary>
internal static class JsonReading
{
    // -2.2250738585072014E-308
    private const int LongestReal = 24;

    /// <summary>
    /// As deep as Flux's own reader goes (JSON_PARSER_MAX_DEPTH of jansson). .NET stops at 64 by itself, and then one job with a deep
    /// jobspec would end the journal of everybody, again after each reconnect.
    /// </summary>
    internal static readonly JsonReaderOptions AsDeepAsFlux = new() { MaxDepth = 2048 };

    /// <summary>A property of the given kind. True and false are asked for as <see cref="JsonValueKind.True"/>.</summary>
    internal static bool TryGet(this JsonElement element, string name, JsonValueKind kind, out JsonElement value) =>
        TryFind(element, name, out value) && value.ValueKind == kind;

    /// <summary>A property of any kind. An object with a name that is not Unicode has none.</summary>
    internal static bool TryFind(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    internal static JsonElement? Get(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (!element.TryFind(name, out element))
            {
                return null;
            }
        }

        return element;
    }

    internal static JsonElement? Get(this JsonElement? element, string name) => element?.Get([name]);

    internal static string? Text(this JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? Strings.Share(text) : null;

    /// <summary>A finite number: JSON can write larger ones than a double can hold.</summary>
    internal static double? Real(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.GetDouble() is var value && double.IsFinite(value) ? value : null;

    internal static long? Integer(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    internal static int? SmallInteger(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    /// <summary>A real number always shows a fraction: a reader in C may refuse an integer in its place.</summary>
    internal static void WriteReal(this Utf8JsonWriter writer, JsonEncodedText name, double value)
    {
        writer.WritePropertyName(name);
        Span<byte> text = stackalloc byte[LongestReal + 2];
        value.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
