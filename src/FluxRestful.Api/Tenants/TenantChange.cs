using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <summary>What of an account is to be another; null stays as it is.</summary>
internal sealed record TenantChange
{
    internal Role? Role { get; init; }

    internal bool? IsDisabled { get; init; }

    /// <summary>All of them: what is not named has no limit afterwards.</summary>
    internal Func<TenantLimits, TenantLimits>? Limits { get; init; }

    /// <summary>What this is to whoever reads the audit.</summary>
    internal AuditAction Action => (Role, IsDisabled, Limits) switch
    {
        ({ }, null, null) => AuditAction.RoleSet,
        (null, true, null) => AuditAction.TenantDisable,
        (null, false, null) => AuditAction.TenantEnable,
        (null, null, { }) => AuditAction.LimitsSet,
        _ => AuditAction.TenantChange,
    };

    internal string? Detail => string.Join(' ', (string?[])
    [
        Role is { } role ? $"role={RoleName.Of(role)}" : null,
        IsDisabled is { } disabled && Action == AuditAction.TenantChange ? (disabled ? "disabled" : "enabled") : null,
        Limits is not null && Action == AuditAction.TenantChange ? "limits" : null,
    ]).Trim() is { Length: > 0 } text ? text : null;

    internal void ApplyTo(Tenant tenant)
    {
        tenant.Role = Role ?? tenant.Role;
        tenant.IsDisabled = IsDisabled ?? tenant.IsDisabled;
        tenant.Limits = Limits?.Invoke(tenant.Limits) ?? tenant.Limits;
    }
}
