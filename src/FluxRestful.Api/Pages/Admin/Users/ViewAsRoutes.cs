using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Admin.Users;

/// <summary>A superuser sees the pages as a tenant does, and changes nothing meanwhile.</summary>
internal static class ViewAsRoutes
{
    internal static async Task<IResult> Begin(
        string name, HttpContext context, CurrentTenant current, TenantDirectory tenants, ViewAs view, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(name, cancellationToken) is not { } tenant)
        {
            return Page.Of<ProblemPage>(
                StatusCodes.Status404NotFound, (nameof(ProblemPage.Title), ProblemType.UnknownUser.Title), (nameof(ProblemPage.Advice), "It may have been deleted, or the name may be mistyped."));
        }

        if (context.Request.Headers.Authorization.Count > 0)
        {
            return Page.Of<ProblemPage>(
                StatusCodes.Status409Conflict,
                (nameof(ProblemPage.Title), "Sign in with the form first"),
                (nameof(ProblemPage.Detail), "Your browser sends your name and password with each request, so it is always you who comes."),
                (nameof(ProblemPage.Advice), "Sign in on the page Sign in, and then look with somebody's eyes."));
        }

        await view.BeginAsync(context, current.Id, tenant, cancellationToken);
        return TypedResults.LocalRedirect("/");
    }

    internal static RedirectHttpResult End(HttpContext context)
    {
        ViewAs.End(context);
        return TypedResults.LocalRedirect("/admin/users");
    }
}
