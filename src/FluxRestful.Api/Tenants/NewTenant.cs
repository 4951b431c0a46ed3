using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <summary>An account to be made.</summary>
internal sealed record NewTenant(string Name, Role Role)
{
    internal bool MustChangePassword { get; init; }

    internal bool IsDisabled { get; init; }

    internal TenantLimits Limits { get; init; } = TenantLimits.None;
}
