namespace FluxRestful.Contracts.Tenants;

/// <summary>A new password for an account.</summary>
/// <param name="Password">At least 8 characters and at most 72 bytes. Without it one is generated.</param>
/// <param name="MustChangePassword">Whether the first thing to do is to choose another; true if missing.</param>
public sealed record PasswordReset(string? Password = null, bool? MustChangePassword = null)
{
    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => nameof(PasswordReset);
}
