using System.Globalization;
using FluxRestful.Api.Pages.Account;
using FluxRestful.Api.Pages.SignIn;
using FluxRestful.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Problems;

/// <summary>What went wrong outside of any page's own answer, as a page: what happened, why, and what to do.</summary>
internal sealed class PageProblems : IProblemDetailsWriter
{
    // Seconds: less than this would be a page that blinks.
    private const int Shortest = 5;

    public bool CanWrite(ProblemDetailsContext context) => Page.IsWanted(context.HttpContext.Request);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        var status = http.Response.StatusCode;
        var type = problem.Extensions.TryGetValue(ApiProblems.ProblemTypeKey, out var known) && known is ProblemType better ? better : ProblemType.Of(status);
        if (type == ProblemType.PasswordChangeNeeded && !Page.IsPart(http.Request))
        {
            // The one page that is open to this account.
            http.Response.Redirect(AccountPageRoutes.Path);
            return;
        }

        await Answer(http, status, type, problem.Detail).ExecuteAsync(http);
    }

    private static RazorComponentResult Answer(HttpContext http, int status, ProblemType type, string? detail)
    {
        var here = http.Request.Path + http.Request.QueryString;
        if (Page.IsPart(http.Request))
        {
            return Page.Of<PartProblem>(
                status,
                (nameof(PartProblem.Title), status == 401 ? "Your session has ended" : type.Title),
                (nameof(PartProblem.Detail), status == 401 ? "What you typed is still here." : detail),
                (nameof(PartProblem.Return), status == 401 ? here : null));
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            return Page.Of<SignInPage>(
                status,
                (nameof(SignInPage.Return), HttpMethods.IsGet(http.Request.Method) ? here : Before(http.Request)),
                (nameof(SignInPage.Message), Message(type, detail, http)));
        }

        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        int? wait = int.TryParse(http.Response.Headers.RetryAfter.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        return Page.Of<ProblemPage>(
            status,
            (nameof(ProblemPage.Title), ProblemWords.Title(type)),
            (nameof(ProblemPage.Detail), detail),
            (nameof(ProblemPage.Kind), type.Name),
            (nameof(ProblemPage.Advice), ProblemWords.Advice(type, isRead, wait)),
            (nameof(ProblemPage.Retry), isRead && status is 503 or 504 ? Math.Max(wait ?? 0, Shortest) : null));
    }

    // The page that a form was sent from: what was typed there may be there still.
    private static string Before(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var from) && string.Equals($"{from.Scheme}://{from.Authority}", $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase) ? Page.Local(from.PathAndQuery) : "/";

    // Whoever just comes here is told nothing; whoever came with something that is not good, or not good any more, is.
    private static string? Message(ProblemType type, string? detail, HttpContext http) =>
        type == ProblemType.BadCredentials ? detail
        : Access.Refusal.Find(http) == Access.Refusal.SessionEnded ? "Your session has ended. Sign in to go on."
        : null;
}
