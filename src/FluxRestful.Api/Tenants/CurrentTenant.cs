using System.Globalization;
using System.Security.Claims;
using FluxRestful.Api.Access;

namespace FluxRestful.Api.Tenants;

/// <summary>Who is asking. The only reader of claims.</summary>
internal sealed class CurrentTenant(IHttpContextAccessor accessor)
{
    internal bool IsSignedIn => User.FindFirstValue(TenantPrincipal.Id) is not null;

    internal int Id => int.Parse(Required(TenantPrincipal.Id), CultureInfo.InvariantCulture);

    internal string Name => Required(TenantPrincipal.Name);

    internal string RoleName => TenantPrincipal.RoleOf(User)?.ToString().ToLowerInvariant() ?? "";

    /// <summary>Who looks with this tenant's eyes, and may change nothing; null: it is the tenant itself.</summary>
    internal string? Viewer => User.FindFirstValue(TenantPrincipal.Viewer);

    /// <summary>Whose doing it is; null: nobody is signed in.</summary>
    internal string? FindActor() => Viewer ?? FindName();

    /// <summary>Null: nobody is signed in.</summary>
    internal string? FindName() => User.FindFirstValue(TenantPrincipal.Name);

    /// <summary>Jobs that bear no more than this tenant's name are not its own: a deleted account had the name before.</summary>
    internal bool IsSuccessor => User.HasClaim(claim => claim.Type == TenantPrincipal.Successor);

    /// <summary>Whether a token narrowed to this scope could do anything for it.</summary>
    internal bool HasUseOf(string scope) => TenantPrincipal.RoleOf(User) is { } role && Rights.IsOfUse(role, scope);

    internal bool May(Permission permission) => Rights.Allow(User, permission);

    private ClaimsPrincipal User => accessor.HttpContext?.User ?? new ClaimsPrincipal();

    private string Required(string claim) =>
        User.FindFirstValue(claim) ?? throw new InvalidOperationException("Nobody is signed in: this route is anonymous.");
}
