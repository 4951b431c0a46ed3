using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Jobs.Submitting;

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
