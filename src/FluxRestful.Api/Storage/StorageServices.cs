using FluxRestful.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage;

internal static class StorageServices
{
    internal static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => DataDirectory.Open(provider.GetRequiredService<ServerOptions>().DataDirectory));
        services.AddSingleton<DatabaseUpdate>();
        services.AddSingleton(provider => new DatabaseFlush(provider.GetRequiredService<DataDirectory>()));
        services.AddDbContextFactory<FluxDb>((provider, options) => options
            .UseSqlite($"Data Source={provider.GetRequiredService<DataDirectory>().DatabasePath}")
            .AddInterceptors(new DurableConnections()));
        return services;
    }
}
