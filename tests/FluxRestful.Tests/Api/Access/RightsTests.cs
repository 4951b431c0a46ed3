using System.Security.Claims;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;

namespace FluxRestful.Tests.Api.Access;

public sealed class RightsTests
{
    [Fact]
    public void A_role_may_exactly_this()
    {
        var table = Enum.GetValues<Permission>().Select(permission => $"{permission}: {string.Join(' ', Enum.GetValues<Role>().Where(role => Rights.Allow(role, permission)))}");
        Assert.Equal(
        [
            "JobsRead: Viewer User Operator Superuser",
            "JobsWrite: User Operator Superuser",
            "JobsReadAll: Operator Superuser",
            "JobsWriteAll: Operator Superuser",
            "ClusterRead: Viewer User Operator Superuser",
            "ClusterControl: Operator Superuser",
            "ServiceStop: Superuser",
            "UsersAdmin: Superuser",
            "UsersElevate: Superuser",
            "AuditRead: Superuser",
            "MetricsRead: Operator Superuser",
            "OwnAccount: Viewer User Operator Superuser",
            "OwnPassword: Viewer User Operator Superuser",
        ], table);
    }

    [Fact]
    public void Whoever_must_change_his_password_may_do_that_and_nothing_else() => Assert.All(Enum.GetValues<Role>(), role =>
    {
        var user = TenantPrincipal.Of(new TenantRow(1, "alice", "", "", role, IsDisabled: false) { MustChangePassword = true }, "Basic");
        Assert.Equal([Permission.OwnPassword], Enum.GetValues<Permission>().Where(permission => Rights.Allow(user, permission)));
    });

    [Fact]
    public void A_scope_gives_exactly_this()
    {
        Assert.Equal(["cluster:read", "jobs:read", "jobs:write", "metrics:read", "users:admin"], Rights.Scopes);
        var table = Rights.Scopes.Select(scope => $"{scope}: {string.Join(' ', Enum.GetValues<Permission>().Where(permission => Rights.Allow(scope, permission)))}");
        Assert.Equal(
        [
            "cluster:read: ClusterRead",
            "jobs:read: JobsRead JobsReadAll",
            "jobs:write: JobsWrite JobsWriteAll",
            "metrics:read: MetricsRead",
            "users:admin: UsersAdmin",
        ], table);
    }

    [Fact]
    public void A_narrowed_token_may_what_both_its_tenant_and_one_of_its_scopes_may()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var tenant = new TenantRow(1, "somebody", "", "", role, IsDisabled: false);
            foreach (var permission in Enum.GetValues<Permission>())
            {
                Assert.Equal(Rights.Allow(role, permission), Rights.Allow(TenantPrincipal.Of(tenant, "x"), permission));
                Assert.False(Rights.Allow(TenantPrincipal.Of(tenant, "x", ""), permission));
                Assert.False(Rights.Allow(TenantPrincipal.Of(tenant, "x", "jobs:rea jobs:read:all *"), permission));
                Assert.Equal(
                    Rights.Allow(role, permission) && (Rights.Allow("jobs:read", permission) || Rights.Allow("users:admin", permission)),
                    Rights.Allow(TenantPrincipal.Of(tenant, "x", "jobs:read users:admin"), permission));
            }
        }
    }

    [Fact]
    public void Whoever_is_not_signed_in_may_nothing() =>
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(Rights.Allow(new ClaimsPrincipal(new ClaimsIdentity()), permission)));
}
