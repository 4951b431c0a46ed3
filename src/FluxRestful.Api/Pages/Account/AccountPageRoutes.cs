using System.Globalization;
using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Pages.Problems;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Endpoints;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Contracts.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Account;

/// <summary>Oneself: role, limits, password, and how to come in from a terminal. Whoever must change the password is led here.</summary>
internal static class AccountPageRoutes
{
    internal const string Path = "/account";

    internal static void MapAccountPage(this IEndpointRouteBuilder pages)
    {
        var account = pages.MapGroup(Path).Requires(Permission.OwnPassword);
        account.MapGet("", Show);
        account.MapPost("/password", ChangePassword).ChecksForm();
    }

    internal static Task<IResult> Show(
        string? done, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas, CancellationToken cancellationToken) =>
        PageAsync(StatusCodes.Status200OK, [], done, context, current, accounts, quotas, cancellationToken);

    internal static async Task<IResult> ChangePassword(
        HttpContext context, CurrentTenant current, PasswordSignIn signIn, TenantAccounts accounts, TenantDirectory directory, TenantQuotas quotas,
        CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var passwords = new OwnPassword(form["currentPassword"].ToString(), form["newPassword"].ToString());
        if (form["again"] != passwords.NewPassword)
        {
            return await PageAsync(422, new() { ["again"] = "These two are not the same." }, null, context, current, accounts, quotas, cancellationToken);
        }

        if ((await AccountRoutes.ChangePassword(passwords, context, current, signIn, accounts, cancellationToken)).Result is ProblemResult refused)
        {
            if (refused.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            var (status, errors) = refused.Errors is { } wrong
                ? (422, wrong.ToDictionary(each => each.Key, each => Sentence(each.Value[0])))
                : (refused.StatusCode ?? 400, new() { [""] = refused.Describe(context).Detail ?? refused.Describe(context).Title });
            return await PageAsync(status, errors, null, context, current, accounts, quotas, cancellationToken);
        }

        // The session ended with the old password. A browser that sends the password itself asks for the new one.
        if (context.Request.Headers.Authorization.Count == 0 && await directory.FindAsync(current.Id, cancellationToken) is { } tenant)
        {
            await SessionCookie.BeginAsync(context, tenant, cancellationToken);
        }

        return TypedResults.LocalRedirect(Path + "?done=password");
    }

    /// <summary>Where this server is, as the browser came to it.</summary>
    internal static string Origin(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";

    private static async Task<IResult> PageAsync(
        int status, Dictionary<string, string> errors, string? done, HttpContext context, CurrentTenant current, TenantAccounts accounts, TenantQuotas quotas,
        CancellationToken cancellationToken) =>
        (await AccountRoutes.Show(current, accounts, quotas, cancellationToken)).Result is Ok<User> { Value: { } me }
            ? Page.Of<AccountPage>(
                status,
                (nameof(AccountPage.View), new AccountView(me, Origin(context), errors, done == "password")))
            : Page.Of<ProblemPage>(StatusCodes.Status404NotFound, (nameof(ProblemPage.Title), ProblemType.UnknownUser.Title));

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + (text.EndsWith('.') ? "" : ".");
}
