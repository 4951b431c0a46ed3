using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FluxRestful.Api.Settings;

internal static class ServerSettings
{
    /// <summary>The settings file lies beside the program, wherever the server is started from; the environment and the command line come over it.</summary>
    internal static void AddServerSettings(this WebApplicationBuilder builder, string[] settings)
    {
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddServerSources(settings);
        builder.Services.AddServerOptions();
    }

    internal static void AddServerSources(this IConfigurationBuilder configuration, string[] settings) => configuration
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
        .AddEnvironmentVariables()
        .AddCommandLine(settings);

    /// <summary>An admin verb opens nothing to the network: how the server is to be reached is not its business.</summary>
    internal static IConfigurationBuilder AddAdminSources(this IConfigurationBuilder configuration, string[] settings)
    {
        configuration.AddServerSources(settings);
        return configuration.AddInMemoryCollection([new(ServerOptionsReader.AllowAnonymousNetwork, "true")]);
    }

    /// <summary>Read when they are first asked for, from whatever the configuration then holds.</summary>
    internal static void AddServerOptions(this IServiceCollection services)
    {
        services.AddSingleton(provider => ServerOptionsReader.Read(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(TimeProvider.System);
    }
}
