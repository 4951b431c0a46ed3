using System.Reflection;
using FluxRestful.Api.Hosting.Http;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Restful;
using FluxRestful.Contracts;
using FluxRestful.Contracts.Jobs.Submitting;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>The routes as an OpenAPI document, and as a page to try them on. Every byte of it comes from this server.</summary>
internal static class DocsPage
{
    /// <summary>The document of <c>/api/v1</c>.</summary>
    internal const string ApiName = "v1";

    /// <summary>The document of everything else: the dialect of flux-restful-api.</summary>
    internal const string RestfulName = "v1-restful";

    internal static void AddDocs(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(ApiName, new OpenApiInfo
            {
                Title = "FluxRestful",
                Version = "v1",
                Description = """
                    Submit, watch and control the jobs of a Flux instance: each tenant its own. Job ids are F58 strings; every encoding of Flux is accepted.
                    Errors are `application/problem+json` with a stable `type`.

                    Sign in with **Authorize**, with name and password or with a token; then *Execute* runs a request for real.
                    """,
            });
            options.DocInclusionPredicate((document, description) => document == (description.GroupName ?? RestfulName));
            options.SwaggerDoc(RestfulName, new OpenApiInfo
            {
                Title = "FluxRestful",
                Version = "v1",
                Description = """
                    Submit, watch and control the jobs of a Flux instance: each tenant its own. This is the dialect of flux-restful-api.

                    Sign in with **Authorize**, with name and password or with an access token; then *Execute* runs a request for real.
                    """,
            });
            foreach (var assembly in (Assembly[])[typeof(Program).Assembly, typeof(Problem).Assembly])
            {
                options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml"));
            }

            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.MapType<JobDuration>(() => new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.String });
            AddSchemes(options);
            options.OperationFilter<LoginForm>();
            options.OperationFilter<OpenRoutes>();
            options.OperationFilter<SignInAnswers>();
            options.OperationFilter<ProblemDocFilter>();
            options.OperationFilter<IdempotencyDoc>();
            options.SchemaFilter<SchemaExamples>();
            options.OperationFilter<PlainBodies>();
            options.ParameterFilter<OptionalLists>();
            options.DocumentFilter<TagDescriptions>();
        });
    }

    internal static void MapDocs(this IEndpointRouteBuilder app)
    {
        app.MapSwagger("/openapi/{documentName}.json", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1).AllowAnonymous().Compressed();
        app.MapGet("/docs/" + ExactNumbers.File, () => TypedResults.Text(ExactNumbers.Script, "text/javascript")).AllowAnonymous().ExcludeFromDescription();
        app.MapSwaggerUI("docs", options =>
        {
            options.DocumentTitle = "FluxRestful";
            options.SwaggerEndpoint($"/openapi/{ApiName}.json", "FluxRestful (/api/v1)");
            options.SwaggerEndpoint($"/openapi/{RestfulName}.json", "flux-restful-api (/v1)");
            options.ConfigObject.ValidatorUrl = null;
            options.DisplayRequestDuration();
            options.EnableTryItOutByDefault();
            options.DefaultModelsExpandDepth(0);
            options.InjectJavascript("./" + ExactNumbers.File);
        }).AllowAnonymous();
    }

    private static void AddSchemes(SwaggerGenOptions options)
    {
        options.AddSecurityDefinition("basic", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "basic",
            Description = "Name and password.",
        });
        options.AddSecurityDefinition("bearer", new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token of /v1/login/access-token or /v1/token.",
        });
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("basic", document)] = [] });
        options.AddSecurityRequirement(document => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] });
    }
}
