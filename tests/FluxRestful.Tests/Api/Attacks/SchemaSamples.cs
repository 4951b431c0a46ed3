using System.Text;
using System.Text.Json.Nodes;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Makes requests from an OpenAPI document: mostly what a route asks for, sometimes what nobody asked for.</summary>
internal sealed class SchemaSamples(JsonObject document, Random random, IReadOnlyList<string> ids)
{
    private const int Deepest = 6;

    private static readonly string[] Words =
    [
        "", "true", "a", "f1", "default", "carol", "SIGUSR1", "10m", "user", "superuser", "mine", "all", "-submitted", "pending", "2026-01-31T12:00:00Z", "*", "0", "-1", "1.5", "99999999999999999999",
        "\0", "\r\n", "ſ", "ａ１", "\U0001f4a9", "' OR 1=1 --", "%00", "../..", "{}", "[[", "1d", "1e308", "∞", "jobs:read", "after:f1", "#!/bin/sh\ntrue\n", "a.b.c", "user.a", "192.0.2.0/24", "\u202e",
    ];

    private static readonly long[] Numbers = [0, 1, 2, 3, 16, 31, 32, -1, 1000001, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    /// <summary>Method, path with query, and body, of one of the document's routes.</summary>
    internal (HttpMethod Method, string Path, string? Body) Next(Func<string, bool> isWanted)
    {
        var routes = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => (Path: path.Key, Method: operation.Key.ToUpperInvariant(), Of: operation.Value!.AsObject())))
            .Where(route => isWanted($"{route.Method} {route.Path}")).ToList();
        var (pattern, method, operation) = Any(routes);
        var path = string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? Uri.EscapeDataString(Id()) : part));
        var query = (operation["parameters"]?.AsArray() ?? []).Select(node => node!.AsObject())
            .Where(parameter => (string?)parameter["in"] == "query" && Chance(0.4))
            .Select(parameter => $"{parameter["name"]}={Uri.EscapeDataString(Text(Value(parameter["schema"]!.AsObject(), 0)))}");
        var content = operation["requestBody"]?["content"]?.AsObject();
        var body = content?["application/json"]?["schema"] is JsonObject schema ? Spoil(Value(schema, 0)?.ToJsonString() ?? "null") : null;
        return (new HttpMethod(method), path + "?" + string.Join('&', query), body);
    }

    private JsonNode? Value(JsonObject schema, int depth)
    {
        if (Chance(0.08) || depth > Deepest)
        {
            return Anything(depth);
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            return Value(document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject(), depth);
        }

        if ((schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) is JsonArray choices)
        {
            return Value(Any(choices.ToList())!.AsObject(), depth + 1);
        }

        if (schema["enum"] is JsonArray values)
        {
            return Any(values.ToList())?.DeepClone();
        }

        return Kind(schema["type"]) switch
        {
            "string" => Chance(0.2) ? Id() : Any(Words),
            "integer" => Any(Numbers),
            "number" => Chance(0.5) ? Any(Numbers) : random.NextDouble() * 1e6,
            "boolean" => Chance(0.5),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(schema["items"] as JsonObject ?? [], depth + 1))]),
            "object" => Object(schema, depth),
            "null" => null,
            _ => Anything(depth),
        };
    }

    private JsonObject Object(JsonObject schema, int depth)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => (string)name!).ToHashSet(StringComparer.Ordinal);
        var made = new JsonObject();
        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (Chance(required.Contains(name) ? 0.95 : 0.25))
            {
                made[name] = Value(member!.AsObject(), depth + 1);
            }
        }

        if (schema["additionalProperties"] is JsonObject more)
        {
            made[Any(Words)] = Value(more, depth + 1);
        }
        else if (Chance(0.03))
        {
            made[Any(Words)] = Anything(depth + 1);
        }

        return made;
    }

    private JsonNode? Anything(int depth) => random.Next(depth > Deepest ? 4 : 6) switch
    {
        0 => null,
        1 => Any(Words),
        2 => Any(Numbers),
        3 => Chance(0.5),
        4 => new JsonArray(Anything(depth + 1), Anything(depth + 1)),
        _ => new JsonObject { [Any(Words)] = Anything(depth + 1) },
    };

    // A text that is no longer what it was: cut, doubled, or with another letter in it.
    private string Spoil(string body)
    {
        if (body.Length == 0 || Chance(0.85))
        {
            return body;
        }

        var at = random.Next(body.Length);
        return random.Next(3) switch
        {
            0 => body[..at],
            1 => body + body[at..],
            _ => new StringBuilder(body) { [at] = (char)random.Next(1, 0x300) }.ToString(),
        };
    }

    private string Id() => Chance(0.6) ? Any(ids) : Any(Words) is { Length: > 0 } word && word is not ("../.." or "\0") ? word : "0";

    private static string Text(JsonNode? node) => node is JsonArray many ? string.Join(',', many.Select(Text))
        : node is JsonValue value && value.TryGetValue(out string? text) ? text
        : node?.ToJsonString() ?? "";

    private static string? Kind(JsonNode? type) => type is JsonArray kinds ? (string?)kinds.FirstOrDefault(kind => (string?)kind != "null") : (string?)type;

    private bool Chance(double share) => random.NextDouble() < share;

    private T Any<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
