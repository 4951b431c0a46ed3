using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Pages.SignIn;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Endpoints;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Api.Tokens.Revocation;
using FluxRestful.Contracts.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Account.Tokens;

/// <summary>One's personal tokens, and the end of every session and token at once. Nothing here answers but what the API answers.</summary>
internal static class TokensRoutes
{
    internal const string Path = "/account/tokens";

    internal static void MapAccountTokens(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/account").Requires(Permission.OwnAccount);
        own.MapGet("/tokens", Show);
        own.MapPost("/tokens", Make).ChecksForm();
        own.MapGet("/tokens/{id:int}/revoke", AskToRevoke);
        own.MapPost("/tokens/{id:int}/revoke", Revoke).ChecksForm();
        own.MapPost("/sign-out-everywhere", SignOutEverywhere).ChecksForm();
    }

    internal static Task<RazorComponentResult> Show(
        string? done, HttpContext context, CurrentTenant tenant, PersonalTokens tokens, BrowserSessions sessions, TokenOptions options, CancellationToken cancellationToken) =>
        PageAsync(StatusCodes.Status200OK, TokenForm.Empty, [], null, done, context, tenant, tokens, sessions, options, cancellationToken);

    internal static async Task<RazorComponentResult> Make(
        HttpContext context, CurrentTenant tenant, PersonalTokens tokens, BrowserSessions sessions, TokenOptions options, CancellationToken cancellationToken)
    {
        var form = TokenForm.Read(await context.Request.ReadFormAsync(cancellationToken));
        // What is no number is out of every range.
        var days = int.TryParse(form.Days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var networks = form.Networks.Split([' ', ',', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var answer = await OwnTokens.Create(context, new NewPersonalToken(form.Name, form.Scopes, days, networks), tenant, tokens, options, cancellationToken);
        if (answer.Result is Created<CreatedPersonalToken> { Value: { } made })
        {
            return await PageAsync(StatusCodes.Status200OK, TokenForm.Empty, [], made, null, context, tenant, tokens, sessions, options, cancellationToken);
        }

        var refused = (ProblemResult)answer.Result;
        var errors = refused.Errors?.ToDictionary(each => each.Key == "expiresInDays" ? "days" : each.Key, each => each.Value[0])
            ?? new() { [""] = refused.Describe(context).Detail ?? "" };
        var status = refused.Errors is null ? refused.StatusCode ?? 400 : StatusCodes.Status422UnprocessableEntity;
        return await PageAsync(status, form, errors, null, null, context, tenant, tokens, sessions, options, cancellationToken);
    }

    internal static async Task<RazorComponentResult> AskToRevoke(int id, HttpContext context, CurrentTenant tenant, PersonalTokens tokens, CancellationToken cancellationToken)
    {
        var list = await OwnTokens.List(tenant, tokens, cancellationToken);
        if (list.Value!.Tokens.FirstOrDefault(token => token.Id == id) is not { } found)
        {
            return Unknown();
        }

        return Page.IsPart(context.Request) ? Page.Of<RevokeForm>((nameof(RevokeForm.Token), found)) : Page.Of<RevokePage>((nameof(RevokePage.Token), found));
    }

    internal static async Task<IResult> Revoke(int id, CurrentTenant tenant, PersonalTokens tokens, CancellationToken cancellationToken) =>
        (await OwnTokens.Revoke(id, tenant, tokens, cancellationToken)).Result is NoContent ? TypedResults.LocalRedirect(Path + "?done=revoked") : Unknown();

    internal static async Task<RazorComponentResult> SignOutEverywhere(HttpContext context, CurrentTenant tenant, SignOut signOut, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        await SignOutRoutes.Own(tenant, signOut, cancellationToken, form["personalTokens"] == "yes");
        return await SignInRoutes.Leave(context, cancellationToken);
    }

    private static RazorComponentResult Unknown() => Page.Of<ProblemPage>(
        StatusCodes.Status404NotFound, (nameof(ProblemPage.Title), "There is no such token"), (nameof(ProblemPage.Advice), "It may have been revoked already."));

    private static async Task<RazorComponentResult> PageAsync(
        int status, TokenForm form, Dictionary<string, string> errors, CreatedPersonalToken? made, string? done, HttpContext context, CurrentTenant tenant,
        PersonalTokens tokens, BrowserSessions sessions, TokenOptions options, CancellationToken cancellationToken)
    {
        var list = await OwnTokens.List(tenant, tokens, cancellationToken);
        return Page.Of<TokensPage>(
            status,
            (nameof(TokensPage.View), new TokensView(
                tenant.Name,
                AccountPageRoutes.Origin(context),
                list.Value!.Tokens,
                await SessionsRoutes.ListAsync(context, tenant, sessions, cancellationToken),
                [.. Rights.Scopes.Where(tenant.HasUseOf)],
                options.LongestPersonalDays,
                form,
                errors,
                made,
                done)));
    }
}
