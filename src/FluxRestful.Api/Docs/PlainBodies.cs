using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>An answer that can be had as JSON and as text has the schema of the JSON for the JSON alone.</summary>
internal sealed class PlainBodies : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var content in (operation.Responses ?? []).Values.Select(response => response.Content).OfType<IDictionary<string, IOpenApiMediaType>>())
        {
            foreach (var (name, media) in content.Where(body => body.Key.StartsWith("text/", StringComparison.Ordinal)).ToList())
            {
                content[name] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = media.Example };
            }
        }
    }
}
