using FluxRestful.Api.Restful;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace FluxRestful.Api.Docs;

/// <summary>The routes as an OpenAPI document, and as a page to try them on. Every byte of it comes from this server.</summary>
internal static class DocsPage
{
    internal const string Name = "v1-restful";

    internal static void AddDocs(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Name, new OpenApiInfo
            {
                Title = "FluxRestful",
                Version = "v1",
                Description = """
                    Submit, watch and control the jobs of a Flux instance: each tenant its own. This is the dialect of flux-restful-api.

                    Sign in with **Authorize**, with name and password or with an access token; then *Execute* runs a request for real.
                    """,
            });
            options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, typeof(Program).Assembly.GetName().Name + ".xml"));
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            AddSchemes(options);
            options.OperationFilter<LoginForm>();
            options.OperationFilter<OpenRoutes>();
            options.OperationFilter<SignInAnswers>();
            options.DocumentFilter<TagDescriptions>();
        });
    }

    internal static void MapDocs(this IEndpointRouteBuilder app)
    {
        app.MapSwagger("/openapi/{documentName}.json").AllowAnonymous();
        app.MapGet("/docs/" + ExactNumbers.File, () => TypedResults.Text(ExactNumbers.Script, "text/javascript")).AllowAnonymous().ExcludeFromDescription();
        app.MapSwaggerUI("docs", options =>
        {
            options.DocumentTitle = "FluxRestful";
            options.SwaggerEndpoint($"/openapi/{Name}.json", "flux-restful-api (/v1)");
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
