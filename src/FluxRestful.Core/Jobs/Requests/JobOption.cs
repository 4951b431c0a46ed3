using System.Text.Json;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>An option written as flux-submit(1) takes it after -o or --setattr: <c>path=value</c>, or <c>path</c> alone for 1.</summary>
public static class JobOption
{
    private static readonly JsonElement One = JsonElement.Parse("1");

    /// <summary>Splits path and value. A value that is JSON is taken as JSON, anything else as a string.</summary>
    public static KeyValuePair<string, JsonElement> Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new(text, One) : new(text[..equals], Value(text[(equals + 1)..]));
    }

    private static JsonElement Value(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, CompactJson.Default.String);
        }
    }
}
