using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <summary>A tenant as it was read; shared between requests, so it cannot change.</summary>
internal sealed record TenantRow(int Id, string Name, string PasswordHash, string Stamp, Role Role, bool IsDisabled)
{
    internal bool MustChangePassword { get; init; }

    internal bool IsSuccessor { get; init; }

    internal TenantLimits Limits { get; init; } = TenantLimits.None;

    internal static TenantRow Of(Tenant tenant) => new(tenant.Id, tenant.Name, tenant.PasswordHash, tenant.Stamp, tenant.Role, tenant.IsDisabled)
    {
        MustChangePassword = tenant.MustChangePassword,
        IsSuccessor = tenant.IsSuccessor,
        Limits = tenant.Limits,
    };

    public override string ToString() => Name;
}
