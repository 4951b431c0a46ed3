using System.Net.Sockets;
using System.Runtime.InteropServices;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Hosting.Http;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens.Keys;

namespace FluxRestful.Api.Hosting;

internal static class ServerRun
{
    internal static void AddServerRun(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ServerConsole(Console.Out));
        builder.Services.AddOptionsWithValidateOnStart<HttpOptions, HttpOptionsValidator>().BindConfiguration(HttpOptions.Section);
        builder.Services.AddCompression();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    /// <summary>From the check of the settings to the last answer. The result is the exit code.</summary>
    internal static async Task<int> RunServerAsync(this WebApplication app)
    {
        var services = app.Services;
        var console = services.GetRequiredService<ServerConsole>().Output;
        await services.GetRequiredService<DatabaseUpdate>().RunAsync(CancellationToken.None);
        // Settings about tokens that make no sense are said now.
        services.GetRequiredService<SigningKeys>();
        await services.GetRequiredService<FirstTenants>().EnsureAsync(console, CancellationToken.None);
        await services.GetRequiredService<AuditLog>().RecordAsync(AuditAction.ServerStart, ServerVersion.Text, AuditResult.Done, CancellationToken.None);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var banner = ActivatorUtilities.CreateInstance<Banner>(services);
            banner.Write(console);
            banner.Warn();
        });
        // Taken now: after the end nothing can be asked any more.
        var options = services.GetRequiredService<ServerOptions>();
        var stopping = app.Lifetime.ApplicationStopping;
        // With this a broker that shuts down tells its initial program. Unheeded it kills, and whoever asked for the end gets no answer.
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            app.Lifetime.StopApplication();
        });
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (Exception problem) when (CannotListen(problem))
        {
            throw new SettingsException($"HOST, PORT: cannot listen on {options.Host}, port {options.Port}: {problem.GetBaseException().Message}");
        }
        catch (Exception problem) when (stopping.IsCancellationRequested && IsImpatience(problem))
        {
            // A client that does not end its request used up the five seconds; what had to be durable was so before it was answered.
            return 0;
        }
    }

    /// <summary>The port is taken, or the address or the port is not ours to take.</summary>
    internal static bool CannotListen(Exception problem) => problem.GetBaseException() is SocketException
    {
        SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied or SocketError.AddressNotAvailable,
    };

    private static bool IsImpatience(Exception problem) => problem is OperationCanceledException
        || (problem is AggregateException several && several.InnerExceptions.All(one => one is OperationCanceledException));
}
