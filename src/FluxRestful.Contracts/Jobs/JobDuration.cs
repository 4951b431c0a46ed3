using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Jobs;

/// <summary>A time limit: a number of seconds, or a Flux Standard Duration (RFC 23) such as <c>"90s"</c>, <c>"1.5h"</c>.</summary>
/// <param name="Seconds">The number, if it was one.</param>
/// <param name="Text">The text, if it was one.</param>
[JsonConverter(typeof(JobDurationConverter))]
public readonly record struct JobDuration(double? Seconds, string? Text);

/// <summary>Reads and writes either form.</summary>
public sealed class JobDurationConverter : JsonConverter<JobDuration>
{
    /// <inheritdoc/>
    public override JobDuration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetDouble(out var seconds) => new JobDuration(seconds, null),
        JsonTokenType.String => new JobDuration(null, reader.GetString()),
        _ => throw new JsonException(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JobDuration value, JsonSerializerOptions options)
    {
        if (value.Seconds is { } seconds)
        {
            writer.WriteNumberValue(seconds);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
