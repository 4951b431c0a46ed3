using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Core.Services;

/// <summary>Writes a number with a fraction, always: <c>job-manager.purge</c> takes <c>-1.0</c> and refuses <c>-1</c> (surprise 27).</summary>
internal sealed class FractionConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
    }
}
