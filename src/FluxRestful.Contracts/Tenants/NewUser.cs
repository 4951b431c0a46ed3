namespace FluxRestful.Contracts.Tenants;

/// <summary>An account to be made.</summary>
/// <param name="Name">1 to 64 of the characters A-Z a-z 0-9 . _ @ - and neither '.' nor '-' at the start.</param>
/// <param name="Role"><c>viewer</c>, <c>user</c> (if missing), <c>operator</c> or <c>superuser</c>.</param>
/// <param name="Password">At least 8 characters and at most 72 bytes. Without it one is generated, and answered once.</param>
/// <param name="MustChangePassword">Whether the first thing to do is to choose another password. If missing: when it was generated.</param>
/// <param name="Limits">How much it may do; without them there is no limit.</param>
public sealed record NewUser(string Name, string? Role = null, string? Password = null, bool? MustChangePassword = null, UserLimits? Limits = null)
{
    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => nameof(NewUser);
}
