namespace FluxRestful.Contracts.Tenants;

/// <summary>An account that was made.</summary>
/// <param name="User">The account.</param>
/// <param name="Password">Its password, if it was generated: said here and nowhere else.</param>
public sealed record CreatedUser(User User, string? Password = null)
{
    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => nameof(CreatedUser);
}
