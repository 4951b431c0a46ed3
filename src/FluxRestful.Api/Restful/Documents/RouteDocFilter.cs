using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Restful.Documents;

/// <summary>Puts a route's <see cref="RouteDoc"/> on the API page.</summary>
internal sealed class RouteDocFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<RouteDoc>().FirstOrDefault() is not { } route)
        {
            return;
        }

        operation.Parameters ??= [];
        foreach (var inPath in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.Name == "jobid"))
        {
            inPath.Description = RestfulDocs.JobIdDescription;
        }

        foreach (var parameter in route.Parameters)
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = Schema(parameter, inJson: false),
            });
        }

        if (route.BodyExample is { } example)
        {
            operation.RequestBody = Body(route.Parameters, example);
        }

        operation.Responses ??= [];
        foreach (var answer in route.Answers)
        {
            operation.Responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = answer.Description,
                Content = Content(answer, context),
            };
        }
    }

    private static OpenApiRequestBody Body(IReadOnlyList<ParameterDoc> parameters, string example) => new()
    {
        Description = "The parameters; or, with a command in the query, the map of environment variables.",
        Content = new Dictionary<string, IOpenApiMediaType>
        {
            [MediaTypeNames.Application.Json] = new OpenApiMediaType { Schema = Object(parameters, inJson: true), Example = JsonNode.Parse(example) },
            [MediaTypeNames.Application.FormUrlEncoded] = new OpenApiMediaType { Schema = Object(parameters, inJson: false), Example = JsonNode.Parse(example) },
        },
    };

    private static Dictionary<string, IOpenApiMediaType> Content(AnswerDoc answer, OperationFilterContext context) => answer switch
    {
        { Body: null, Example: null } => new() { [MediaTypeNames.Text.Plain] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
        _ => new()
        {
            [MediaTypeNames.Application.Json] = new OpenApiMediaType
            {
                Schema = answer.Body is { } body ? context.SchemaGenerator.GenerateSchema(body, context.SchemaRepository) : new OpenApiSchema(),
                Example = answer.Example is { } example ? JsonNode.Parse(example) : null,
            },
        },
    };

    private static OpenApiSchema Object(IReadOnlyList<ParameterDoc> parameters, bool inJson) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = parameters.ToDictionary(parameter => parameter.Name, IOpenApiSchema (parameter) => Schema(parameter, inJson, parameter.Description)),
    };

    private static OpenApiSchema Schema(ParameterDoc parameter, bool inJson, string? description = null) => new()
    {
        Description = description,
        Type = parameter.Type switch
        {
            "integer" => JsonSchemaType.Integer,
            "boolean" => JsonSchemaType.Boolean,
            "map" when inJson => JsonSchemaType.Object,
            _ => JsonSchemaType.String,
        },
        Minimum = parameter.Least?.ToString(CultureInfo.InvariantCulture),
        AdditionalProperties = parameter.Type == "map" && inJson ? new OpenApiSchema { Type = JsonSchemaType.String } : null,
    };
}
