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

    internal static bool Allow(ClaimsPrincipal user, Permission permission) =>
        TenantPrincipal.RoleOf(user) is { } role && Allow(role, permission)
        && (permission == Permission.OwnPassword || !TenantPrincipal.MustChangePassword(user));

    internal static bool Allow(Role role, Permission permission) => OfRole.TryGetValue(role, out var allowed) && allowed.Contains(permission);
}
