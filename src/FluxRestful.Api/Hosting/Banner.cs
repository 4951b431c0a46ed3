using FluxRestful.Api.Passwords;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FluxRestful.Api.Hosting;

/// <summary>What the server is, said once when it has started: flux-restful-api's five lines, then broker, database and address, and a first job to paste.</summary>
internal sealed partial class Banner(
    ServerOptions options, DataDirectory data, IServer server, IEnumerable<IBannerLine> lines, ILogger<Banner> logger)
{
    // Not as many as the secret has letters: that would tell how short it is.
    private const string Masked = "********";

    internal void Write(TextWriter output)
    {
        output.WriteLine($"Require auth: {options.RequireAuth}");
        output.WriteLine(" Server mode: single-user");
        output.WriteLine($"  Secret key {Masked}");
        output.WriteLine($"   Flux user: {Masked}");
        output.WriteLine($"  Flux token: {(options.FluxToken is null ? "unset" : Masked)}");
        foreach (var line in lines)
        {
            output.WriteLine($"{line.Name,12}: {line.Value}");
        }

        output.WriteLine($"    Database: {data.DatabasePath}");
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        output.WriteLine($"     Address: {string.Join(", ", addresses)}");
        if (addresses.FirstOrDefault() is { } address)
        {
            WriteFirstJob(output, Reachable(address));
        }

        output.Flush();
    }

    // No password: a command line is for all to see, and curl asks for it.
    private void WriteFirstJob(TextWriter output, string address)
    {
        var user = options.RequireAuth ? $"-u {options.FluxUser} " : "";
        output.WriteLine($"    API page: {address}/docs");
        output.WriteLine();
        output.WriteLine(options.RequireAuth ? "A first job; curl asks for the password:" : "A first job:");
        output.WriteLine($"    curl {user}-X POST '{address}/v1/jobs/submit?command=echo+hello+world'");
        output.WriteLine($"    curl {user}'{address}/v1/jobs?details=true'");
        output.WriteLine("Ctrl-C ends the server.");
        output.WriteLine();
    }

    // The addresses that mean "all of mine" are none to connect to.
    private static string Reachable(string address) => address
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//[::]:", "//localhost:", StringComparison.Ordinal)
        .TrimEnd('/');

    internal void Warn()
    {
        foreach (var name in options.SecretsInEnvironment)
        {
            SecretInEnvironment(name, name + "_FILE");
        }

        foreach (var path in options.OpenSecretFiles)
        {
            OpenSecretFile(path);
        }

        foreach (var tenant in options.Users.Append(new DeclaredTenant(options.FluxUser, options.FluxToken)))
        {
            if (tenant.Password is { } password && PasswordPolicy.ProblemOfOperators(password, tenant.Name) is { } problem)
            {
                WeakPassword(tenant.Name, problem);
            }
        }

        if (!options.RequireAuth)
        {
            NoAuthentication(options.FluxUser);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Name} came through the environment. Jobs run as this account: the server has wiped its own copy, but they can read that of whatever started it, a broker or a shell. Put it into a file and name that in {FileName}.")]
    private partial void SecretInEnvironment(string name, string fileName);

    [LoggerMessage(LogLevel.Warning, "Other accounts can read the secret in {Path}; chmod 600 it.")]
    private partial void OpenSecretFile(string path);

    [LoggerMessage(LogLevel.Warning, "The first password of {Tenant} should be another: {Problem}")]
    private partial void WeakPassword(string tenant, string problem);

    [LoggerMessage(LogLevel.Warning, "Authentication is off: whoever reaches this server is {FluxUser} and may run commands.")]
    private partial void NoAuthentication(string fluxUser);
}
