using FluxRestful.Api.Access;

namespace FluxRestful.Api.Storage;

/// <summary>An account that may own jobs. One that was deleted stays as a row that nobody can sign in to: its jobs are never a later account's.</summary>
internal sealed class Tenant
{
    public int Id { get; init; }

    /// <summary>Of a deleted account: something that is no name.</summary>
    public required string Name { get; set; }

    /// <summary>BCrypt, as flux-restful-api's database has it too.</summary>
    public required string PasswordHash { get; set; }

    /// <summary>Random; a new one with every password. Access tokens carry it, so that an old password's tokens end with it.</summary>
    public required string Stamp { get; set; }

    /// <summary>Until then nothing else is allowed.</summary>
    public bool MustChangePassword { get; set; }

    public Role Role { get; set; } = Role.User;

    public bool IsDisabled { get; set; }

    public TenantLimits Limits { get; set; } = TenantLimits.None;

    /// <summary>An account of this name was deleted before: jobs that only bear the name are not this one's.</summary>
    public bool IsSuccessor { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>About: written once a minute, not at each request. Null: never.</summary>
    public DateTimeOffset? LastSeenAt { get; set; }

    /// <summary>Counts the changes, for whoever wants to change only what was seen.</summary>
    public long Version { get; set; } = 1;

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>What a deleted account was called.</summary>
    public string? FormerName { get; set; }

    /// <summary>Of a deleted account: its jobs are still to be cancelled.</summary>
    public bool CancelsJobs { get; set; }
}
