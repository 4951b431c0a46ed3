namespace FluxRestful.Contracts.Tenants;

/// <summary>Another password for oneself.</summary>
/// <param name="CurrentPassword">The one that is good now.</param>
/// <param name="NewPassword">12 characters to 72 bytes; not the name, none of the commonest.</param>
public sealed record OwnPassword(string CurrentPassword, string NewPassword)
{
    /// <summary>Says nothing of the passwords.</summary>
    public override string ToString() => nameof(OwnPassword);
}
