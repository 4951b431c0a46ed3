using FluxRestful.Api.Restful;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>What whoever is not let in is told, on every route of the dialect that needs signing in.</summary>
internal sealed class SignInAnswers : IOperationFilter
{
    private static readonly (string Status, string Description)[] Answers =
    [
        ("401", "No credentials, or a wrong name or password."),
        ("403", "The access token is not of this server, or expired."),
        ("429", "Too many failed attempts from this account or address; Retry-After says when to try again."),
    ];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.DocumentName != DocsPage.RestfulName || context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        operation.Responses ??= [];
        foreach (var (status, description) in Answers)
        {
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(RestfulDetail), context.SchemaRepository) },
                },
            });
        }
    }
}
