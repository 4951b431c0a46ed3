using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants.Departures;

namespace FluxRestful.Api.Tenants;

internal static class TenantServices
{
    internal static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordGate>();
        services.AddSingleton<RememberedPasswords>();
        services.AddSingleton<StoredPasswords>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<TenantWriter>();
        services.AddSingleton<TenantAccounts>();
        services.AddSingleton<TenantDepartures>();
        services.AddSingleton<FirstTenants>();
        services.AddSingleton<LastSeen>();
        services.AddHostedService(provider => provider.GetRequiredService<LastSeen>());
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentTenant>();
        return services;
    }
}
