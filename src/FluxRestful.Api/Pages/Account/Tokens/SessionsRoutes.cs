using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Pages.SignIn;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Endpoints;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Account.Tokens;

/// <summary>The browsers that one is signed in with, to be ended one by one or all but this one.</summary>
internal static class SessionsRoutes
{
    internal static void MapAccountSessions(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/account/sessions").Requires(Permission.OwnAccount);
        own.MapPost("/{id:int}/end", End).ChecksForm();
        own.MapPost("/end-others", EndOthers).ChecksForm();
    }

    internal static async Task<IResult> End(int id, HttpContext context, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken)
    {
        var isThisOne = (await ListAsync(context, tenant, sessions, cancellationToken)).Any(session => session.Id == id && session.Current);
        if (isThisOne)
        {
            return await SignInRoutes.Leave(context, cancellationToken);
        }

        return (await OwnSessions.End(id, tenant, sessions, cancellationToken)).Result is NoContent
            ? TypedResults.LocalRedirect(TokensRoutes.Path + "?done=session")
            : Page.Of<ProblemPage>(
                StatusCodes.Status404NotFound, (nameof(ProblemPage.Title), "There is no such session"), (nameof(ProblemPage.Advice), "It may be over already."));
    }

    internal static async Task<RedirectHttpResult> EndOthers(HttpContext context, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken)
    {
        await OwnSessions.EndAll(context, tenant, sessions, cancellationToken, others: true);
        return TypedResults.LocalRedirect(TokensRoutes.Path + "?done=sessions");
    }

    // Whoever looks with somebody's eyes came with a session of his own.
    internal static async Task<IReadOnlyList<BrowserSessionInfo>> ListAsync(
        HttpContext context, CurrentTenant tenant, BrowserSessions sessions, CancellationToken cancellationToken) =>
        (await OwnSessions.List(context, tenant, sessions, cancellationToken)).Value!.Sessions;
}
