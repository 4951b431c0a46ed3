using FluxRestful.Api.Access;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Tenants;

/// <summary>A tenant as it was read; shared between requests, so it cannot change.</summary>
internal sealed record TenantRow(int Id, string Name, string PasswordHash, string Stamp, Role Role, bool IsDisabled)
{
    internal static TenantRow Of(Tenant tenant) =>
        new(tenant.Id, tenant.Name, tenant.PasswordHash, tenant.Stamp, tenant.Role, tenant.IsDisabled);

    public override string ToString() => Name;
}
