using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.Core.Jobs.Records;

/// <summary>Annotations as the text of a JSON object (RFC 27): what the scheduler says under <c>sched</c>, what users noted under <c>user</c>.</summary>
internal static class JobAnnotations
{
    // What is deeper is not taken in. The level that "user" adds to a memo is within what can be read again.
    private const int Deepest = 512;

    private static readonly JsonDocumentOptions Readable = new() { MaxDepth = 2 * Deepest };

    // What names a thing twice can not be merged.
    private static readonly JsonDocumentOptions Mergeable = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    internal static JsonElement Read(string annotations) => JsonElement.Parse(annotations, Readable);

    /// <summary>A live event replaces them all.</summary>
    internal static string? Replace(string? before, JsonElement? context) => context.Get("annotations") switch
    {
        { ValueKind: JsonValueKind.Object } annotations => Text(annotations) ?? before,
        { ValueKind: JsonValueKind.Null } => null,
        _ => before,
    };

    /// <summary>Those of an alloc event, beside what users noted before.</summary>
    internal static string? OfAlloc(string? before, JsonElement? context)
    {
        var annotations = context.Get("annotations") is { ValueKind: JsonValueKind.Object } given ? given : (JsonElement?)null;
        if (before is null)
        {
            return annotations is { } first && first.EnumerateObject().Any() ? Text(first) : null;
        }

        return Changed(before, known =>
        {
            var merged = annotations is { } some ? Parse(some.GetRawText()) : [];
            if (known["user"] is { } user)
            {
                merged["user"] = user.DeepClone();
            }

            return merged;
        });
    }

    /// <summary>Merges a memo under <c>user</c>, then drops every null.</summary>
    internal static string? Memo(string? before, JsonElement memo) => Changed(before, annotations =>
    {
        Merge(annotations, new JsonObject { ["user"] = Parse(memo.GetRawText()) });
        DropNulls(annotations);
        return annotations;
    });

    private static string? Changed(string? before, Func<JsonObject, JsonObject> change)
    {
        try
        {
            var after = change(before is null ? [] : Parse(before));
            return after.Count > 0 ? Strings.Share(after.ToJsonString()) : null;
        }
        catch (JsonException)
        {
            return before;
        }
    }

    // Without blanks; null if it is too deep.
    private static string? Text(JsonElement annotations)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new() { MaxDepth = Deepest });
        try
        {
            annotations.WriteTo(writer);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        writer.Flush();
        return Strings.Share(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static JsonObject Parse(string text) => JsonNode.Parse(text, null, Mergeable)!.AsObject();

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (name, value) in source)
        {
            if (value is JsonObject inner && target[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }

    private static void DropNulls(JsonObject target)
    {
        foreach (var name in target.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            target.Remove(name);
        }

        foreach (var (_, value) in target)
        {
            if (value is JsonObject inner)
            {
                DropNulls(inner);
            }
        }
    }
}
