using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Restful;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Mvc;

namespace FluxRestful.Api.Access;

/// <summary>Answers everybody who is not let in. The only place that does.</summary>
internal sealed class Refusals(RefusalNotes notes) : IAuthorizationMiddlewareResultHandler
{
    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            await next(context);
            return;
        }

        var refusal = authorizeResult.Forbidden ? Forbidden(context) : Refusal.Find(context) ?? Refusal.NoCredentials;
        await notes.TakeAsync(context, refusal, authorizeResult.Forbidden);
        await WriteAsync(context, refusal);
    }

    private static Refusal Forbidden(HttpContext context) =>
        TenantPrincipal.MustChangePassword(context.User) ? Refusal.PasswordChange : Refusal.NotSuperuser;

    internal static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        var status = RestfulProblems.Speaks(context) ? refusal.RestfulStatus : refusal.Type.Status;
        context.Response.StatusCode = status;
        refusal.SetHeaders(context.Response);
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.Append("WWW-Authenticate", "Bearer");
            if (IsNavigation(context.Request) && !(Page.IsAt(context.Request.Path) && IsFormOnly(context)))
            {
                context.Response.Headers.Append("WWW-Authenticate", "Basic realm=\"FluxRestful\", charset=\"UTF-8\"");
            }
        }

        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = status, Detail = refusal.Detail, Extensions = { [ApiProblems.ProblemTypeKey] = refusal.Type } },
        });
    }

    // A browser asks its user for name and password only where he is looking at the answer, not under a script that fetches.
    private static bool IsNavigation(HttpRequest request) =>
        request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && request.Headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
        && !Page.IsPart(request);

    private static bool IsFormOnly(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServerOptions>().BrowserLogin is BrowserLogin.Form;
}
