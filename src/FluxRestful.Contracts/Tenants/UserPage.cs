namespace FluxRestful.Contracts.Tenants;

/// <summary>Some accounts, by name.</summary>
/// <param name="Users">The accounts.</param>
/// <param name="Next">What to give as <c>after</c> for the next ones; missing when there are none.</param>
public sealed record UserPage(IReadOnlyList<User> Users, string? Next = null);
