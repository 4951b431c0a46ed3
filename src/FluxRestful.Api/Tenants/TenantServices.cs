using FluxRestful.Api.Passwords;

namespace FluxRestful.Api.Tenants;

internal static class TenantServices
{
    internal static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<PasswordGate>();
        services.AddSingleton<RememberedPasswords>();
        services.AddSingleton<PasswordSignIn>();
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<TenantAccounts>();
        services.AddSingleton<FirstTenants>();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentTenant>();
        return services;
    }
}
