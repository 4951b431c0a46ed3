using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Requests;

/// <summary>Copies a JSON object compactly, order kept, with single members left out or replaced.</summary>
internal static class JsonRewriter
{
    /// <param name="edit">Given the dotted path of a member: null keeps it, an empty array drops it, anything else replaces its value.</param>
    public static byte[] Rewrite(JsonElement root, Func<string, JsonElement, byte[]?> edit)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = JsonText.Writer(buffer))
        {
            Write(writer, root, "", edit);
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static string Real(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, string path, Func<string, JsonElement, byte[]?> edit)
    {
        // Nothing deeper than attributes.system.x is ever edited.
        if (element.ValueKind != JsonValueKind.Object || path.Count(letter => letter == '.') > 1)
        {
            element.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in element.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            switch (edit(memberPath, member.Value))
            {
                case null:
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, memberPath, edit);
                    break;
                case { Length: > 0 } replacement:
                    writer.WriteRaw(member.Name, replacement);
                    break;
            }
        }

        writer.WriteEndObject();
    }
}
