using FluxRestful.Api.Announcements;
using FluxRestful.Api.Hosting.Http;
using FluxRestful.Api.Pages.Assets;
using FluxRestful.Api.Pages.Cluster;
using FluxRestful.Api.Pages.Jobs.List;
using FluxRestful.Api.Pages.Jobs.One;
using FluxRestful.Api.Pages.Layout;
using FluxRestful.Api.Pages.Live;
using FluxRestful.Api.Pages.Overview;
using FluxRestful.Api.Pages.SignIn;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Api.Settings;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Pages;

/// <summary>The pages for browsers: the routes of every folder here.</summary>
internal static class PageRoutes
{
    internal static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<EffectiveSettings>();
        services.AddSingleton<AnnouncementBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<AnnouncementBoard>());
        services.AddSingleton<Admin.Server.SystemReader>();
        services.AddScoped<SubmitPageReader>();
        services.AddScoped<Submit.Bounds.SubmitBoundsReader>();
        services.AddScoped<Submit.Sources.JobSources>();
        return services;
    }

    internal static void MapPages(this IEndpointRouteBuilder app)
    {
        app.MapAssets();
        // A form's token is another one in each answer, so that nothing can be learned of it from lengths.
        var pages = app.MapGroup("").ExcludeFromDescription().WithMetadata(new CompressedAnswers(OnlyWithoutQuery: true));
        pages.MapSignIn();
        pages.MapOverview();
        pages.MapJobsPage();
        pages.MapJobPage();
        pages.MapSubmitPage();
        pages.MapClusterPage();
        About.AboutRoutes.MapAbout(pages);
        Account.AccountPageRoutes.MapAccountPage(pages);
        Account.Tokens.TokensRoutes.MapAccountTokens(pages);
        Account.Tokens.SessionsRoutes.MapAccountSessions(pages);
        Preferences.PreferencesRoutes.MapPreferences(pages);
        Admin.AdminRoutes.MapAdministration(pages);
        Charts.HistoryRoutes.MapHistory(pages);
        Usage.UsagePageRoutes.MapUsagePage(pages);
        pages.MapNotices();
        pages.MapPost("/ui/theme", ChooseTheme).ChecksForm();
        pages.MapPost("/ui/view-as/end", Admin.Users.ViewAsRoutes.End).ChecksForm();
    }

    internal static async Task<RedirectHttpResult> ChooseTheme(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.Request.ReadFormAsync(cancellationToken);
        Theme.Set(context.Response, form["theme"]);
        return TypedResults.LocalRedirect(Page.Local(form["return"]), preserveMethod: false);
    }
}
