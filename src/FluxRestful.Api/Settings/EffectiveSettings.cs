using System.Globalization;
using FluxRestful.Api.Hosting;

namespace FluxRestful.Api.Settings;

/// <summary>How this server is set up, for whoever looks after it. What is secret is masked, and of the environment nothing is shown but what the server reads.</summary>
internal sealed class EffectiveSettings(ServerOptions options, IConfiguration configuration)
{
    /// <summary>Not as many as the secret has letters.</summary>
    internal const string Masked = "••••••••";

    private static readonly string[] Sections =
        ["Audit", "Broker", "Events", "Http", "Idempotency", "Issuers", "Jobs", "JobEvents", "Limits", "Network", "Passwords", "RateLimits", "Serilog", "Tokens"];

    private static readonly string[] SecretWords = ["password", "secret", "token", "key", "credential"];

    /// <summary>By name; null: not set.</summary>
    internal IReadOnlyList<(string Name, string? Value)> Read() => [.. OfEnvironment(), .. Sections.SelectMany(OfSection)];

    private IEnumerable<(string, string?)> OfEnvironment() =>
    [
        ("FLUX_REQUIRE_AUTH", options.RequireAuth ? "true" : "false"),
        ("FLUX_SERVER_MODE", "single-user"),
        ("FLUX_USER", options.FluxUser),
        ("FLUX_TOKEN", options.FluxToken is null ? null : Masked),
        ("FLUX_SECRET_KEY", Masked),
        ("FLUX_NUMBER_NODES", options.NumberNodes?.ToString(CultureInfo.InvariantCulture)),
        ("FLUX_HAS_GPUS", options.HasGpus ? "true" : null),
        ("FLUX_OPTION_FLAGS", options.OptionFlags.Count == 0 ? null : string.Join(' ', options.OptionFlags.Select(flag => $"{flag.Key}={flag.Value}"))),
        ("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", options.AccessTokenMinutes.ToString(CultureInfo.InvariantCulture)),
        ("FLUX_URI", options.FluxUri),
        ("HOST", options.Host),
        ("PORT", options.Port.ToString(CultureInfo.InvariantCulture)),
        ("FLUX_RESTFUL_DATA", options.DataDirectory),
        ("BrowserLogin", options.BrowserLogin.ToString().ToLowerInvariant()),
        ("Users", options.Users.Count == 0 ? null : string.Join(' ', options.Users.Select(user => user.Name))),
    ];

    private IEnumerable<(string, string?)> OfSection(string name) => configuration.GetSection(name).AsEnumerable()
        .Where(pair => pair.Value is not null)
        .OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
        .Select(pair => (pair.Key, IsSecret(pair.Key) ? Masked : pair.Value));

    // The last part: the section Tokens holds no token, and its numbers are no secrets.
    private static bool IsSecret(string key) => key[(key.LastIndexOf(':') + 1)..] is var last
        && SecretWords.Any(word => last.Contains(word, StringComparison.OrdinalIgnoreCase)) && !last.EndsWith("Days", StringComparison.OrdinalIgnoreCase);
}
