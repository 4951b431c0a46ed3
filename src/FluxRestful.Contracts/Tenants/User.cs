namespace FluxRestful.Contracts.Tenants;

/// <summary>An account.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">What it may do: <c>viewer</c>, <c>user</c>, <c>operator</c> or <c>superuser</c>.</param>
/// <param name="Disabled">Nobody can sign in to it.</param>
/// <param name="MustChangePassword">Until its password is changed nothing else is allowed.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Limits">Its own limits.</param>
/// <param name="Use">What it uses.</param>
/// <param name="EffectiveLimits">How much it may do: its own limits, and the server's default where it has none.</param>
/// <param name="LastSeenAt">When somebody last came in as it, to about a minute; missing: never.</param>
public sealed record User(
    string Name,
    string Role,
    bool Disabled,
    bool MustChangePassword,
    DateTimeOffset CreatedAt,
    UserLimits Limits,
    UserUse Use,
    UserLimits EffectiveLimits,
    DateTimeOffset? LastSeenAt = null);
