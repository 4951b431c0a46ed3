using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Idempotency;

/// <summary>Says in the OpenAPI document which routes heed a key.</summary>
internal sealed class IdempotencyDoc : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IdempotentRoute>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotentRoute.Header,
                In = ParameterLocation.Header,
                Description = "Names this request: whoever repeats it with the same key and the same body within 24 hours gets the first answer again, and nothing is made twice.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
            });
        }
    }
}
