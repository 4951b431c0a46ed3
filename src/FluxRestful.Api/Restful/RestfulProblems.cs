using FluxRestful.Api.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace FluxRestful.Api.Restful;

/// <summary>Problems under <c>/v1</c> as flux-restful-api words them: <c>{"detail": "..."}</c>.</summary>
internal sealed class RestfulProblems : IProblemDetailsWriter
{
    internal static bool Speaks(HttpContext context) => context.Request.Path.StartsWithSegments("/v1");

    public bool CanWrite(ProblemDetailsContext context) => Speaks(context.HttpContext);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        await context.HttpContext.Response.WriteAsJsonAsync(
            new RestfulDetail(problem.Detail ?? problem.Title ?? ReasonPhrases.GetReasonPhrase(context.HttpContext.Response.StatusCode)),
            ServerJson.Default.RestfulDetail,
            cancellationToken: context.HttpContext.RequestAborted);
    }
}
