using FluxRestful.Api.Access;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Passwords;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.SignIn;

/// <summary>The form, and the end of a session. A browser that prefers to ask for name and password itself may do so: every page takes Basic.</summary>
internal static class SignInRoutes
{
    internal static void MapSignIn(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/login", Ask).AllowAnonymous();
        pages.MapPost("/login", Enter).AllowAnonymous().ChecksForm();
        pages.MapGet("/logout", AskToLeave);
        pages.MapPost("/logout", Leave).ChecksForm();
    }

    internal static RazorComponentResult Ask(string? @return) => Page.Of<SignInPage>((nameof(SignInPage.Return), Page.Local(@return)));

    internal static async Task<IResult> Enter(HttpContext context, PasswordSignIn passwords, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var name = form["name"].ToString();
        var next = Page.Local(form["return"]);
        var result = await passwords.SignInAsync(name, form["password"].ToString(), context.Connection.RemoteIpAddress, cancellationToken);
        if (result is { Outcome: SignInOutcome.Accepted, Tenant: { } tenant })
        {
            await SessionCookie.BeginAsync(context, tenant, cancellationToken);
            return TypedResults.LocalRedirect(next.StartsWith("/log", StringComparison.Ordinal) ? "/" : next);
        }

        var refusal = Refusal.Of(result);
        refusal.SetHeaders(context.Response);
        // A disabled account is not told apart from a wrong password.
        var (status, message) = result.Outcome is SignInOutcome.SlowDown or SignInOutcome.Busy
            ? (refusal.Type.Status, $"{refusal.Detail}: in {result.RetryAfterSeconds} s.")
            : (StatusCodes.Status422UnprocessableEntity, "That name and password do not go together here.");
        return Page.Of<SignInPage>(
            status, (nameof(SignInPage.Name), name), (nameof(SignInPage.Return), next), (nameof(SignInPage.Message), message));
    }

    internal static RazorComponentResult AskToLeave() => Page.Of<SignOutPage>();

    internal static async Task<RazorComponentResult> Leave(HttpContext context, CancellationToken cancellationToken)
    {
        var byBrowser = context.Request.Headers.Authorization.Count > 0;
        cancellationToken.ThrowIfCancellationRequested();
        await context.SignOutAsync(Schemes.Session);
        // On HTTPS and on localhost this makes the browser forget a password of its own dialog too.
        context.Response.Headers["Clear-Site-Data"] = "\"cookies\"";
        context.User = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity());
        return Page.Of<SignedOutPage>((nameof(SignedOutPage.ByBrowser), byBrowser));
    }
}
