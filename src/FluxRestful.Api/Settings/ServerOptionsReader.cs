using System.Net;
using System.Security.Cryptography;
using System.Text;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Settings;

/// <summary>From variables and settings to <see cref="ServerOptions"/>, or to a <see cref="SettingsException"/> that names all that is wrong.</summary>
internal static class ServerOptionsReader
{
    internal const string AllowAnonymousNetwork = "AllowAnonymousNetwork";

    private static readonly Dictionary<string, bool> ServerModes = new() { ["single-user"] = true, ["multi-user"] = false };

    private static readonly Dictionary<string, BrokerMode> BrokerModes = new()
    {
        ["auto"] = BrokerMode.Auto,
        ["flux"] = BrokerMode.Flux,
        ["embedded"] = BrokerMode.Embedded,
    };

    private static readonly Dictionary<string, BrowserLogin> BrowserLogins = new() { ["basic"] = BrowserLogin.Basic, ["form"] = BrowserLogin.Form };

    internal static ServerOptions Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        if (settings.Choice("FLUX_SERVER_MODE", ServerModes) is false)
        {
            settings.Complain("FLUX_SERVER_MODE", "this version runs single-user only, every job as the instance owner; unset it or set single-user");
        }

        var options = new ServerOptions
        {
            RequireAuth = settings.Boolean("FLUX_REQUIRE_AUTH") ?? true,
            AllowAnonymousNetwork = settings.Boolean(AllowAnonymousNetwork) ?? false,
            FluxUser = settings.Text("FLUX_USER") ?? "fluxuser",
            FluxToken = settings.Secret("FLUX_TOKEN"),
            SecretKey = settings.Secret("FLUX_SECRET_KEY") ?? Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            NumberNodes = settings.Integer("FLUX_NUMBER_NODES", 1, 1_000_000),
            HasGpus = (settings.Boolean("FLUX_HAS_GPUS") ?? settings.Boolean("FLUX_HAS_GPU")) is true,
            OptionFlags = ReadOptionFlags(settings),
            AccessTokenMinutes = settings.Integer("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", 1, 525_600) ?? 600,
            FluxUri = settings.Text("FLUX_URI"),
            BrokerMode = settings.Choice("Broker:Mode", BrokerModes) ?? BrokerMode.Auto,
            EmbeddedOutputBytes = settings.Integer("Broker:MaxOutputBytes", 1024, int.MaxValue) ?? 64 * 1024 * 1024,
            Host = ReadHost(settings),
            Port = settings.Integer("PORT", 0, 65_535) ?? 5000,
            DataDirectory = settings.Text("FLUX_RESTFUL_DATA") ?? DataDirectory.DefaultPath(),
            BrowserLogin = settings.Choice("BrowserLogin", BrowserLogins) ?? BrowserLogin.Basic,
            PasswordCost = settings.Integer("Passwords:Cost", 10, 16) ?? 11,
            Users = new DeclaredTenantsReader(configuration, settings).Read(),
            SecretsInEnvironment = settings.SecretsInEnvironment,
            OpenSecretFiles = settings.OpenSecretFiles,
        };
        Check(options, settings);
        settings.ThrowIfAny();
        return options;
    }

    private static void Check(ServerOptions options, SettingsReader settings)
    {
        if (TenantName.Problem(options.FluxUser) is { } name)
        {
            settings.Complain("FLUX_USER", name);
        }

        if (options.FluxToken is { } token && PasswordRules.Problem(token) is { } password)
        {
            settings.Complain("FLUX_TOKEN", password);
        }

        if (Encoding.UTF8.GetByteCount(options.SecretKey) > 4096)
        {
            settings.Complain("FLUX_SECRET_KEY", "it is longer than 4096 bytes");
        }

        if (!options.RequireAuth && !options.AllowAnonymousNetwork && !IsLoopback(options.Host))
        {
            settings.Complain("FLUX_REQUIRE_AUTH", $"authentication can be off only on a loopback address, and HOST is {options.Host}; "
                + "start with --allow-anonymous-network if everyone who reaches it may run commands");
        }

        if (options.BrokerMode is BrokerMode.Embedded && options.FluxUri is not null)
        {
            settings.Complain("Broker:Mode", "embedded and FLUX_URI contradict each other; unset one");
        }
    }

    private static string ReadHost(SettingsReader settings)
    {
        var host = settings.Text("HOST")?.Trim() ?? "127.0.0.1";
        // Kestrel takes an unknown name for "every address", which is never what was meant.
        if (host is not ("localhost" or "*") && !IPAddress.TryParse(host, out _))
        {
            settings.Complain("HOST", $"'{host}' is not an IP address, localhost or *");
        }

        return host;
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static Dictionary<string, string> ReadOptionFlags(SettingsReader settings)
    {
        if (settings.Text("FLUX_OPTION_FLAGS") is not { } text)
        {
            return [];
        }

        var flags = OptionFlags.Parse(text, out var problem);
        if (problem is not null)
        {
            settings.Complain("FLUX_OPTION_FLAGS", problem);
        }

        return flags;
    }
}
