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
    public void Whoever_is_not_signed_in_may_nothing() =>
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(Rights.Allow(new ClaimsPrincipal(new ClaimsIdentity()), permission)));
}
