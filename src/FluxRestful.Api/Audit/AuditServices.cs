using FluxRestful.Api.Audit.Search;

namespace FluxRestful.Api.Audit;

internal static class AuditServices
{
    internal static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().BindConfiguration(AuditOptions.Section);
        services.AddHttpContextAccessor();
        services.AddSingleton<AuditFile>();
        services.AddSingleton<AuditWriter>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<UnseenThings>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        services.AddSingleton<AuditSearch>();
        return services;
    }
}
