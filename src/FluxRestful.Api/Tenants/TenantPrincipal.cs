using System.Globalization;
using System.Security.Claims;
using FluxRestful.Api.Access;

namespace FluxRestful.Api.Tenants;

/// <summary>Writes the claims that <see cref="CurrentTenant"/> reads, the same for every way of signing in.</summary>
internal static class TenantPrincipal
{
    internal const string Id = "tenant_id";
    internal const string Name = "tenant_name";
    internal const string Successor = "tenant_successor";
    internal const string Viewer = "tenant_viewer";
    private const string RoleClaim = "tenant_role";
    private const string MustChangeClaim = "tenant_must_change_password";
    private const string ScopesClaim = "tenant_scopes";

    /// <param name="scopes">What a token was narrowed to, with blanks between; null: it was not.</param>
    internal static ClaimsPrincipal Of(TenantRow tenant, string scheme, string? scopes = null)
    {
        var identity = new ClaimsIdentity(scheme, Name, roleType: null);
        identity.AddClaim(new Claim(Id, tenant.Id.ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer32));
        identity.AddClaim(new Claim(Name, tenant.Name));
        identity.AddClaim(new Claim(RoleClaim, tenant.Role.ToString()));
        if (tenant.MustChangePassword)
        {
            identity.AddClaim(new Claim(MustChangeClaim, "true"));
        }

        if (tenant.IsSuccessor)
        {
            identity.AddClaim(new Claim(Successor, "true"));
        }

        if (scopes is not null)
        {
            identity.AddClaim(new Claim(ScopesClaim, scopes));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>The tenant as somebody else looks with its eyes.</summary>
    internal static ClaimsPrincipal Seen(TenantRow tenant, TenantRow viewer, string scheme)
    {
        var principal = Of(tenant with { MustChangePassword = false }, scheme);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Viewer, viewer.Name));
        return principal;
    }

    internal static bool IsViewed(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == Viewer);

    /// <summary>Null: nothing narrows what the role may. Empty: nothing is left.</summary>
    internal static string[]? ScopesOf(ClaimsPrincipal user) => user.FindFirstValue(ScopesClaim)?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null: nobody is signed in.</summary>
    internal static Role? RoleOf(ClaimsPrincipal user) => Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role) ? role : null;

    internal static bool MustChangePassword(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == MustChangeClaim);
}
