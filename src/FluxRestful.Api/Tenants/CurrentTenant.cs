using System.Globalization;
using System.Security.Claims;

namespace FluxRestful.Api.Tenants;

/// <summary>Who is asking. The only reader of claims.</summary>
internal sealed class CurrentTenant(IHttpContextAccessor accessor)
{
    internal int Id => int.Parse(Required(TenantPrincipal.Id), CultureInfo.InvariantCulture);

    internal string Name => Required(TenantPrincipal.Name);

    internal bool IsSuperuser => User.HasClaim(TenantPrincipal.Superuser, "true");

    private ClaimsPrincipal User => accessor.HttpContext?.User ?? new ClaimsPrincipal();

    private string Required(string claim) =>
        User.FindFirstValue(claim) ?? throw new InvalidOperationException("Nobody is signed in: this route is anonymous.");
}
