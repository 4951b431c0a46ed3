using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace FluxRestful.Api.Access.Sessions;

internal static class SessionServices
{
    internal static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddDataProtection().SetApplicationName("flux-restful");
        services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((options, ring) => options.XmlRepository = ring);
        services.ConfigureOptions<SessionCookie>();
        services.AddAntiforgery();
        services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie.Name = "flux-restful-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.HttpOnly = true;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The headers of every page say it already, and for more browsers.
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }
}
