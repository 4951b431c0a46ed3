using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Network;

internal static class NetworkServices
{
    internal static void AddNetwork(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<NetworkOptions, NetworkOptionsValidator>().BindConfiguration(NetworkOptions.Section);
        services.AddOptionsWithValidateOnStart<RateLimitOptions, RateLimitOptionsValidator>().BindConfiguration(RateLimitOptions.Section);
        services.AddCors();
        services.AddRateLimiter(_ => { });
        services.AddSingleton<RateLimits>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        services.ConfigureOptions<ServerLimits>();
    }

    /// <summary>Before anything else is asked: from where, and for what.</summary>
    internal static void UseNetwork(this WebApplication app)
    {
        app.UseKnownProxies();
        if (app.Services.GetRequiredService<IOptions<NetworkOptions>>().Value.PathBase is { Length: > 0 } path)
        {
            app.UsePathBase(path);
        }
    }
    internal static void UseAddressRateLimit(this WebApplication app) => app.Services.GetRequiredService<RateLimits>().OfAddresses.Use(app);

    /// <summary>After authentication.</summary>
    internal static void UseTenantRateLimit(this WebApplication app) => app.Services.GetRequiredService<RateLimits>().OfTenants.Use(app);
}
