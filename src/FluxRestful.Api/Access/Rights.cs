using System.Collections.Frozen;
using System.Security.Claims;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Api.Access;

/// <summary>Who may do what: the only place that says so. What is not written here is denied.</summary>
internal static class Rights
{
    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> OfRole = new Dictionary<Role, FrozenSet<Permission>>
    {
        [Role.Viewer] = [Permission.JobsRead, Permission.ClusterRead, Permission.OwnAccount, Permission.OwnPassword],
        [Role.User] = [Permission.JobsRead, Permission.JobsWrite, Permission.ClusterRead, Permission.OwnAccount, Permission.OwnPassword],
        [Role.Operator] =
        [
            Permission.JobsRead, Permission.JobsWrite, Permission.JobsReadAll, Permission.JobsWriteAll,
            Permission.ClusterRead, Permission.ClusterControl, Permission.MetricsRead, Permission.OwnAccount, Permission.OwnPassword,
        ],
        [Role.Superuser] = [.. Enum.GetValues<Permission>()],
    }.ToFrozenDictionary();

    // What no scope gives, no narrowed token has: one's own account, nodes and queues, the audit, the end of the instance.
    private static readonly FrozenDictionary<string, FrozenSet<Permission>> OfScope = new Dictionary<string, FrozenSet<Permission>>
    {
        ["jobs:read"] = [Permission.JobsRead, Permission.JobsReadAll],
        ["jobs:write"] = [Permission.JobsWrite, Permission.JobsWriteAll],
        ["cluster:read"] = [Permission.ClusterRead],
        ["users:admin"] = [Permission.UsersAdmin],
        ["metrics:read"] = [Permission.MetricsRead],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Whoever looks with a tenant's eyes sees, and changes nothing, whatever either of them may.
    private static readonly FrozenSet<Permission> OfViewer =
        [Permission.JobsRead, Permission.JobsReadAll, Permission.ClusterRead, Permission.OwnAccount, Permission.OwnPassword];

    /// <summary>What a token can be narrowed to.</summary>
    internal static IReadOnlyList<string> Scopes { get; } = [.. OfScope.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What the role may, and, came the tenant with a narrowed token, only as far as one of its scopes goes.</summary>
    internal static bool Allow(ClaimsPrincipal user, Permission permission) =>
        TenantPrincipal.RoleOf(user) is { } role && Allow(role, permission)
        && (!TenantPrincipal.IsViewed(user) || OfViewer.Contains(permission))
        && (permission == Permission.OwnPassword || !TenantPrincipal.MustChangePassword(user))
        && (TenantPrincipal.ScopesOf(user) is not { } scopes || scopes.Any(scope => Allow(scope, permission)));

    internal static bool Allow(string scope, Permission permission) => OfScope.TryGetValue(scope, out var allowed) && allowed.Contains(permission);

    /// <summary>Whether a token with this scope could do anything for somebody of this role.</summary>
    internal static bool IsOfUse(Role role, string scope) => OfScope.TryGetValue(scope, out var allowed) && allowed.Overlaps(OfRole[role]);

    internal static bool Allow(Role role, Permission permission) => OfRole.TryGetValue(role, out var allowed) && allowed.Contains(permission);
}
