using System.Globalization;
using System.Security.Claims;
using FluxRestful.Api.Access;

namespace FluxRestful.Api.Tenants;

/// <summary>Writes the claims that <see cref="CurrentTenant"/> reads, the same for every way of signing in.</summary>
internal static class TenantPrincipal
{
    internal const string Id = "tenant_id";
    internal const string Name = "tenant_name";
    private const string RoleClaim = "tenant_role";

    internal static ClaimsPrincipal Of(TenantRow tenant, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, roleType: null);
        identity.AddClaim(new Claim(Id, tenant.Id.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32));
        identity.AddClaim(new Claim(Name, tenant.Name));
        identity.AddClaim(new Claim(RoleClaim, tenant.Role.ToString()));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null: nobody is signed in.</summary>
    internal static Role? RoleOf(ClaimsPrincipal user) => Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role) ? role : null;
}
