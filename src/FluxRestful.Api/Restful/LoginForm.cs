using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Restful;

/// <summary>Describes the form of <c>/v1/login/access-token</c>, which its handler reads by hand to answer wrong ones as flux-restful-api does.</summary>
internal sealed class LoginForm : IOperationFilter
{
    internal const string Path = "v1/login/access-token";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.RelativePath != Path)
        {
            return;
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/x-www-form-urlencoded"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "username", "password" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["username"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The tenant's name." },
                            ["password"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "password", Description = "Its password." },
                        },
                    },
                },
            },
        };
    }
}
