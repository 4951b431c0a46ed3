using System.Text;
using System.Text.Json;

namespace FluxRestful.Core.Jobs;

/// <summary>One entry of an eventlog (RFC 18).</summary>
/// <param name="Timestamp">Seconds since 1970.</param>
/// <param name="Name">What happened.</param>
/// <param name="Context">An object with what else there is to know, if anything.</param>
public sealed record JobEvent(double Timestamp, string Name, JsonElement? Context)
{
    /// <summary>Reads one line of an eventlog.</summary>
    /// <exception cref="FormatException">It is no entry of RFC 18.</exception>
    public static JobEvent Parse(string line) => Parse(Encoding.UTF8.GetBytes(line));

    /// <inheritdoc cref="Parse(string)"/>
    public static JobEvent Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, JsonReading.AsDeepAsFlux);
            var element = JsonElement.ParseValue(ref reader);
            return reader.Read() ? throw new FormatException("Something follows the eventlog entry.") : FromJson(element);
        }
        catch (JsonException exception)
        {
            throw new FormatException("An eventlog entry is not JSON.", exception);
        }
    }

    /// <summary>Reads an entry that is part of a message. The context stays a part of <paramref name="element"/>.</summary>
    /// <exception cref="FormatException">It is no entry of RFC 18.</exception>
    public static JobEvent FromJson(JsonElement element)
    {
        if (element.Get("timestamp").Real() is not { } timestamp || !element.TryGet("name", JsonValueKind.String, out var name))
        {
            throw new FormatException("An eventlog entry lacks its timestamp or name.");
        }

        return element.Get("context") switch
        {
            null => new(timestamp, Strings.Share(name), null),
            { ValueKind: JsonValueKind.Object } context => new(timestamp, Strings.Share(name), context),
            _ => throw new FormatException("The context of an eventlog entry is no object."),
        };
    }
}
