namespace FluxRestful.Api.Settings;

/// <summary>A tenant declared in the settings (<c>Users</c>), made at start when it is missing.</summary>
/// <param name="Password">Null: one is generated and printed once.</param>
internal sealed record DeclaredTenant(string Name, string? Password);
