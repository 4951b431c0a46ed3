using FluxRestful.Api.Restful;

namespace FluxRestful.Api.Hosting;

/// <summary>Every error has a body: problem+json, and under <c>/v1</c> what its clients know.</summary>
internal static class ServerProblems
{
    internal static void AddServerProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, RestfulProblems>();
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServerJson.Default));
    }

    internal static void UseServerProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // In development a malformed request would otherwise be a 500.
            StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
    }
}
