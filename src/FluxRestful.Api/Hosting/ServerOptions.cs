using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Hosting;

/// <summary>How this server was set up: flux-restful-api's environment variables and <c>appsettings.json</c>, checked before anything starts.</summary>
internal sealed record ServerOptions
{
    /// <summary><c>FLUX_REQUIRE_AUTH</c>; unset is on. Off: everyone is <see cref="FluxUser"/>.</summary>
    public bool RequireAuth { get; init; } = true;

    /// <summary><c>--allow-anonymous-network</c>: authentication may be off although others can reach the address.</summary>
    public bool AllowAnonymousNetwork { get; init; }

    /// <summary><c>FLUX_SERVER_MODE</c>.</summary>
    public ServerMode ServerMode { get; init; } = ServerMode.SingleUser;

    /// <summary><c>FLUX_USER</c>: the name of the superuser made at first start.</summary>
    public string FluxUser { get; init; } = "fluxuser";

    /// <summary><c>FLUX_TOKEN</c>: the superuser's first password. Null: one is generated.</summary>
    public string? FluxToken { get; init; }

    /// <summary><c>FLUX_SECRET_KEY</c>: opens the encoded payload of <c>/v1/token</c> and nothing else.</summary>
    public required string SecretKey { get; init; }

    /// <summary><c>FLUX_NUMBER_NODES</c>: the most nodes a job may ask for. Null: as many as the broker has.</summary>
    public int? NumberNodes { get; init; }

    /// <summary><c>FLUX_HAS_GPUS</c>, or <c>FLUX_HAS_GPU</c>.</summary>
    public bool HasGpus { get; init; }

    /// <summary><c>FLUX_OPTION_FLAGS</c>: shell options every job gets.</summary>
    public IReadOnlyDictionary<string, string> OptionFlags { get; init; } = new Dictionary<string, string>();

    /// <summary><c>FLUX_ACCESS_TOKEN_EXPIRES_MINUTES</c>.</summary>
    public int AccessTokenMinutes { get; init; } = 600;

    /// <summary><c>FLUX_URI</c>: the broker's socket. Null: look for it.</summary>
    public string? FluxUri { get; init; }

    /// <summary><c>Broker:Mode</c>.</summary>
    public BrokerMode BrokerMode { get; init; } = BrokerMode.Auto;

    /// <summary><c>Broker:MaxOutputBytes</c>: how much output of one job the embedded broker keeps.</summary>
    public int EmbeddedOutputBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary><c>HOST</c>: an IP address, <c>localhost</c> or <c>*</c>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary><c>PORT</c>. 0: any free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary><c>FLUX_RESTFUL_DATA</c>: where the database and the keys are.</summary>
    public required string DataDirectory { get; init; }

    /// <summary><c>BrowserLogin</c>: how a browser is asked who it is.</summary>
    public BrowserLogin BrowserLogin { get; init; } = BrowserLogin.Basic;

    /// <summary><c>Passwords:Cost</c>: BCrypt's work factor for new passwords.</summary>
    public int PasswordCost { get; init; } = 11;

    /// <summary><c>Users</c>.</summary>
    public IReadOnlyList<DeclaredTenant> Users { get; init; } = [];

    /// <summary>Secrets that came through the environment, where every job of the same Unix account can read them.</summary>
    public IReadOnlyList<string> SecretsInEnvironment { get; init; } = [];

    /// <summary>Files of secrets that other accounts can read too.</summary>
    public IReadOnlyList<string> OpenSecretFiles { get; init; } = [];

    // A record prints its members, and two of these are secrets.
    public override string ToString() => $"ServerOptions for {Host}:{Port}";
}
