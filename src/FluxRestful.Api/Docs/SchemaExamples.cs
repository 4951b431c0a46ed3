using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>Shows each contract by an example: <c>Docs/Examples/TYPE.json</c>. A test reads each example as strictly as the server reads requests.</summary>
internal sealed class SchemaExamples : ISchemaFilter
{
    internal const string Prefix = "Examples.";

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema written && Find(context.Type) is { } example)
        {
            written.Examples = [example];
        }
    }

    internal static JsonNode? Find(Type type)
    {
        using var stream = typeof(SchemaExamples).Assembly.GetManifestResourceStream($"{Prefix}{type.Name}.json");
        return stream is null ? null : JsonNode.Parse(stream);
    }
}
