using System.Text.Json;
using System.Text.Json.Serialization;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Restful;

namespace FluxRestful.Api.Hosting;

/// <summary>Every error has a body: problem+json, and under <c>/v1</c> what its clients know.</summary>
internal static class ServerProblems
{
    internal static void AddServerProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, RestfulProblems>();
        services.AddSingleton<IProblemDetailsWriter, PageProblems>();
        services.AddSingleton<IProblemDetailsWriter, ApiProblems>();
        services.AddProblemDetails();
        services.AddExceptionHandler<BadRequestProblems>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
    }

    internal static void UseServerProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // In development a malformed request would otherwise be a 500.
            StatusCodeSelector = failure => failure is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages(status => TellAsync(status.HttpContext));
    }

    /// <summary>A status that nobody has given a body.</summary>
    private static async Task TellAsync(HttpContext context)
    {
        var problem = new ProblemDetailsContext { HttpContext = context, ProblemDetails = { Status = context.Response.StatusCode } };
        if (context.Response.StatusCode == StatusCodes.Status400BadRequest && UnreadParameter.Find(context) is { } name)
        {
            problem.ProblemDetails.Detail = $"{name}: {UnreadParameter.Message}";
            problem.ProblemDetails.Extensions[ApiProblems.ErrorsKey] = new Dictionary<string, string[]> { [name] = [UnreadParameter.Message] };
        }

        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TellAsync(problem);
    }

    /// <summary>Strict on the way in: what is not known, or is there twice, is refused by name instead of being passed over.</summary>
    private static void Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.MaxDepth = 32;
        json.TypeInfoResolverChain.Insert(0, ServerJson.Default);
    }
}
