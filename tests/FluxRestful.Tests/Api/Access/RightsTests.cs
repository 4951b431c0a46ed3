using System.Security.Claims;
using FluxRestful.Api.Access;

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
        ], table);
    }

    [Fact]
    public void Whoever_is_not_signed_in_may_nothing() =>
        Assert.All(Enum.GetValues<Permission>(), permission => Assert.False(Rights.Allow(new ClaimsPrincipal(new ClaimsIdentity()), permission)));
}
