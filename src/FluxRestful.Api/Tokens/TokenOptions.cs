using FluxRestful.Api.Settings;
using FluxRestful.Api.Tokens.Issuers;

namespace FluxRestful.Api.Tokens;

/// <summary>Section <c>Tokens</c> of appsettings.json.</summary>
internal sealed record TokenOptions
{
    /// <summary>How old the key that signs may become before the server makes another. 0: only the verb does.</summary>
    public int RotateKeysAfterDays { get; init; } = 90;

    /// <summary>How long a sign-in can be refreshed, from its beginning.</summary>
    public int SessionDays { get; init; } = 30;

    /// <summary>How many personal tokens a tenant may have.</summary>
    public int MostPersonal { get; init; } = 50;

    /// <summary>The longest life of a personal token.</summary>
    public int LongestPersonalDays { get; init; } = 366;

    /// <summary>Encoded payloads must say when they were made, and are good once.</summary>
    public bool RequireFreshPayload { get; init; }

    /// <summary>How old a payload may be that says when it was made and not until when it is good.</summary>
    public int PayloadSeconds { get; init; } = 300;

    public IReadOnlyList<IssuerOptions> Issuers { get; init; } = [];

    /// <exception cref="SettingsException">Names all that is wrong.</exception>
    internal static TokenOptions Read(IConfiguration configuration)
    {
        var settings = new SettingsReader(configuration);
        var unset = new TokenOptions();
        var options = new TokenOptions
        {
            RotateKeysAfterDays = settings.Integer("Tokens:RotateKeysAfterDays", 0, 3650) ?? unset.RotateKeysAfterDays,
            SessionDays = settings.Integer("Tokens:SessionDays", 1, 365) ?? unset.SessionDays,
            MostPersonal = settings.Integer("Tokens:MostPersonal", 0, 1000) ?? unset.MostPersonal,
            LongestPersonalDays = settings.Integer("Tokens:LongestPersonalDays", 1, 3650) ?? unset.LongestPersonalDays,
            RequireFreshPayload = settings.Boolean("Tokens:RequireFreshPayload") ?? unset.RequireFreshPayload,
            PayloadSeconds = settings.Integer("Tokens:PayloadSeconds", 10, 86_400) ?? unset.PayloadSeconds,
            Issuers = IssuerOptions.ReadAll(configuration.GetSection("Tokens:Issuers"), settings),
        };
        settings.ThrowIfAny();
        return options;
    }
}
