using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Settings;

/// <summary>A tenant declared in the settings (<c>Users</c>), made at start when it is missing.</summary>
/// <param name="Password">Its first one. Null: one is generated and printed once.</param>
internal sealed record DeclaredTenant(string Name, string? Password)
{
    /// <summary>What it is at every start; null: what it was made.</summary>
    internal Role? Role { get; init; }

    /// <summary>What they are at every start; null: not declared.</summary>
    internal TenantLimits? Limits { get; init; }

    public override string ToString() => Name;
}
