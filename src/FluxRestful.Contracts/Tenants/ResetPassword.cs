namespace FluxRestful.Contracts.Tenants;

/// <summary>What came of a reset.</summary>
/// <param name="Name">Whose password it is.</param>
/// <param name="MustChangePassword">It is good for choosing another and for nothing else.</param>
/// <param name="Password">The password, if it was generated: said here and nowhere else.</param>
public sealed record ResetPassword(string Name, bool MustChangePassword, string? Password = null)
{
    /// <summary>Says nothing of the password.</summary>
    public override string ToString() => nameof(ResetPassword);
}
