using FluxRestful.Api.Hosting;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Storage;

internal static class StorageServices
{
    // Seconds that a write waits for another process to let go of the database, before whoever asked for it is told.
    private const int LongestWait = 10;

    internal static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton(provider => DataDirectory.Open(provider.GetRequiredService<ServerOptions>().DataDirectory));
        services.AddSingleton<DatabaseUpdate>();
        services.AddSingleton(provider => new DatabaseFlush(provider.GetRequiredService<DataDirectory>()));
        services.AddDbContextFactory<FluxDb>((provider, options) => options
            .UseSqlite(ConnectionTo(provider.GetRequiredService<DataDirectory>().DatabasePath))
            .AddInterceptors(new DurableConnections()));
        return services;
    }

    /// <summary>The words by which the server opens a database: connections that are kept open are kept under them.</summary>
    internal static string ConnectionTo(string databasePath) => $"Data Source={databasePath};Default Timeout={LongestWait}";
}
