namespace FluxRestful.Contracts.Tenants;

/// <summary>What of an account is to be another. What is missing stays.</summary>
/// <param name="Role"><c>viewer</c>, <c>user</c>, <c>operator</c> or <c>superuser</c>.</param>
/// <param name="Disabled">Whether nobody can sign in to it.</param>
/// <param name="Limits">All of its limits: one that is not named is no more.</param>
public sealed record UserChange(string? Role = null, bool? Disabled = null, UserLimits? Limits = null);
