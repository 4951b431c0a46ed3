using FluxRestful.Api.Access;
using FluxRestful.Api.Pages.Layout;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages.Preferences;

/// <summary>How the pages look in this browser.</summary>
internal static class PreferencesRoutes
{
    private const string Path = "/account/preferences";

    internal static void MapPreferences(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Path).Requires(Permission.OwnAccount);
        own.MapGet("", Show);
        own.MapPost("", Save).ChecksForm();
    }

    internal static RazorComponentResult Show(string? done, HttpRequest request) =>
        Page.Of<PreferencesPage>(
            (nameof(PreferencesPage.Look), Look.Of(request)), (nameof(PreferencesPage.Theme), Theme.Of(request)), (nameof(PreferencesPage.IsSaved), done == "saved"));

    internal static async Task<RedirectHttpResult> Save(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var look = Look.Of(context.Request) with
        {
            IsUtc = form["zone"] == "utc",
            IsAbsolute = form["times"] == "date",
            IsCompact = form["density"] == "compact",
        };
        look.SetOn(context.Response);
        Theme.Set(context.Response, form["theme"]);
        return TypedResults.LocalRedirect(Path + "?done=saved");
    }
}
