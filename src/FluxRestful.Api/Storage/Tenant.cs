using FluxRestful.Api.Access;

namespace FluxRestful.Api.Storage;

/// <summary>An account that may own jobs.</summary>
internal sealed class Tenant
{
    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary>BCrypt, as flux-restful-api's database has it too.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Random; a new one with every password. Access tokens carry it, so that an old password's tokens end with it.</summary>
    public required string Stamp { get; set; }

    public Role Role { get; set; } = Role.User;

    public bool IsDisabled { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
