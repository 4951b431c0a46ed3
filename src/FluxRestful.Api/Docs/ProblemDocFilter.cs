using System.Globalization;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>Puts the problems that a route of <c>/api/v1</c> may answer with into the document: those it names, and those that any route may meet.</summary>
internal sealed class ProblemDocFilter : IOperationFilter
{
    private static readonly ProblemType[] OfAll = [ProblemType.AddressTooLong, ProblemType.HeadersTooLarge];

    private static readonly ProblemType[] OfSignedIn =
        [ProblemType.NotSignedIn, ProblemType.BadCredentials, ProblemType.Forbidden, ProblemType.TooManyRequests, ProblemType.Busy];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.DocumentName != DocsPage.ApiName)
        {
            return;
        }

        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var types = metadata.OfType<ProblemAnswers>().SelectMany(answers => answers.Types).Concat(OfAll);
        types = types.Concat(metadata.OfType<IAllowAnonymous>().Any() ? [ProblemType.TooManyRequests] : OfSignedIn);

        operation.Responses ??= [];
        foreach (var status in types.Distinct().GroupBy(type => type.Status).OrderBy(group => group.Key))
        {
            operation.Responses[status.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join("\n\n", status.Select(type => $"`{type.Uri}`: {type.Title}.")),
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    [ProblemResult.ContentType] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository) },
                },
            };
        }
    }
}
