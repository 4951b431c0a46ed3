namespace FluxRestful.Contracts.Tokens;

/// <summary>A personal token as it is listed; the token itself is shown once, when it is made.</summary>
/// <param name="Id">To revoke it by.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may, as far as its tenant may.</param>
/// <param name="Networks">Where it may be used from; empty: anywhere.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="LastUsedAt">When it was last used, to about a minute; absent: never.</param>
public sealed record PersonalTokenInfo(
    int Id,
    string Name,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Networks,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt = null);
