using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Core.Rpc;

public sealed class RpcCredentialTests
{
    [Theory]
    [InlineData(0u)]
    [InlineData(1003u)]
    [InlineData(FluxMessage.Any - 1)]
    public void A_user_never_goes_without_the_users_role(uint userId) =>
        Assert.Equal((userId, 2u), (RpcCredential.Guest(userId).UserId, RpcCredential.Guest(userId).RoleMask));

    [Fact]
    public void Nobody_in_particular_is_not_a_guest() => Assert.Throws<ArgumentOutOfRangeException>(() => RpcCredential.Guest(FluxMessage.Any));

    [Fact]
    public void A_request_is_the_connections_own_by_default() =>
        Assert.Equal((FluxMessage.Any, 0u), (new RpcRequest("a.b").Credential.UserId, new RpcRequest("a.b").Credential.RoleMask));

    // Surprise 26: a user id without a role keeps the owner's rights, so there must be no way to make one.
    [Fact]
    public void There_is_no_other_way_to_make_a_credential()
    {
        Assert.False(typeof(RpcCredential).IsValueType);
        Assert.Empty(typeof(RpcCredential).GetConstructors());
        Assert.All(typeof(RpcCredential).GetProperties(), property => Assert.Null(property.SetMethod));
        Assert.Null(typeof(RpcCredential).GetMethod("<Clone>$"));
    }
}
