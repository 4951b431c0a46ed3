using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>A list in a query may always be left out and is empty then; routes compiled ahead describe it as wanted.</summary>
internal sealed class OptionalLists : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is OpenApiParameter { In: ParameterLocation.Query } given && context.ApiParameterDescription.Type?.IsArray == true)
        {
            given.Required = false;
        }
    }
}
