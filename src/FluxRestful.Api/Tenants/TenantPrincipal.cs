using System.Globalization;
using System.Security.Claims;

namespace FluxRestful.Api.Tenants;

/// <summary>Writes the claims that <see cref="CurrentTenant"/> reads, the same for every way of signing in.</summary>
internal static class TenantPrincipal
{
    internal const string Id = "tenant_id";
    internal const string Name = "tenant_name";
    internal const string Superuser = "superuser";

    internal static ClaimsPrincipal Of(TenantRow tenant, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, Name, roleType: null);
        identity.AddClaim(new Claim(Id, tenant.Id.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32));
        identity.AddClaim(new Claim(Name, tenant.Name));
        if (tenant.IsSuperuser)
        {
            identity.AddClaim(new Claim(Superuser, "true", ClaimValueTypes.Boolean));
        }

        return new ClaimsPrincipal(identity);
    }
}
