using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Json.Schema;

namespace FluxRestful.Tests.Fakes;

/// <summary>
/// Holds every answer of <c>/api/v1</c> against the server's own OpenAPI document: the route, the status, the content type and the body must be there as described.
/// </summary>
internal sealed class ApiContract
{
    internal const string Prefix = "/api/v1";

    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);
    private readonly JsonObject _document;
    private readonly JsonNode _definitions;

    private ApiContract(string document)
    {
        _document = JsonNode.Parse(document.Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!.AsObject();
        _definitions = _document["components"]!["schemas"] ?? new JsonObject();
    }

    internal static async Task<ApiContract> ReadAsync(HttpClient client, CancellationToken cancellationToken) =>
        new(await client.GetStringAsync("/openapi/v1.json", cancellationToken));

    /// <summary>What of the answer is not as the document says; null if all is.</summary>
    internal string? Problem(HttpMethod method, string path, int status, string? mediaType, string? body)
    {
        var name = $"{method} {path}";
        if (_document["paths"]!.AsObject().FirstOrDefault(route => Fits(route.Key, path) && route.Value![method.Method.ToLowerInvariant()] is not null).Value
            is not { } operations)
        {
            // An unknown address has no entry; what it answers is the same for all of them.
            return status is 401 or 404 or 405 ? null : $"{name}: no such route in the document";
        }

        if (operations[method.Method.ToLowerInvariant()]!["responses"]![$"{status}"] is not { } answer)
        {
            return $"{name}: the document has no {status}: {body}";
        }

        if (answer["content"] is not JsonObject { Count: > 0 } content)
        {
            return string.IsNullOrEmpty(body) ? null : $"{name}: {status} has no body in the document";
        }

        return mediaType is null || content[mediaType] is not { } media ? $"{name}: {status} has no {mediaType} in the document"
            : body is null || !mediaType.EndsWith("json", StringComparison.Ordinal) || media["schema"] is not { } schema ? null
            : Validate(name, schema, body);
    }

    private string? Validate(string name, JsonNode schema, string body)
    {
        var compiled = _schemas.GetOrAdd(schema.ToJsonString(), text =>
        {
            var whole = JsonNode.Parse(text)!.AsObject();
            whole["$defs"] = _definitions.DeepClone();
            return JsonSchema.FromText(whole.ToJsonString());
        });
        var result = compiled.Evaluate(JsonNode.Parse(body), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? null : $"{name}: " + string.Join("; ", result.Details
            .Where(detail => detail.HasErrors)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))) + $" in {body}";
    }

    private static bool Fits(string template, string path)
    {
        var wanted = template.TrimEnd('/').Split('/');
        var given = path.TrimEnd('/').Split('/');
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
