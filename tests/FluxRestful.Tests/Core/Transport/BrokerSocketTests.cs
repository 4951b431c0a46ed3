using System.Net.Sockets;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Transport;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Core.Transport;

public sealed class BrokerSocketTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_says_zero_lets_us_in_by_uri_and_by_path()
    {
        await using var broker = new FakeBroker().Answers("attr.get", """{"value":"1","flags":0}""");
        foreach (var uri in new[] { broker.Uri, broker.SocketPath })
        {
            await using var frames = await BrokerSocket.ConnectAsync(uri, Stop);
            await frames.SendAsync(new FluxMessage { Type = MessageType.Request, Flags = MessageFlags.Topic, Topic = "attr.get", MatchTag = 9 }, Stop);
            Assert.Equal(9u, (await frames.ReceiveAsync(Stop))!.MatchTag);
        }
    }

    [Fact]
    public async Task A_broker_that_says_an_errno_refuses()
    {
        await using var broker = new FakeBroker { Welcome = Errno.EPERM };
        var error = await Assert.ThrowsAsync<BrokerRefusedException>(() => BrokerSocket.ConnectAsync(broker.Uri, Stop));
        Assert.Equal((Errno.EPERM, false), (error.ConnectErrnum, error.IsTransient));
    }

    [Fact]
    public async Task A_missing_socket_is_told_from_one_that_outlived_its_broker()
    {
        await using var broker = new FakeBroker();
        var missing = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => BrokerSocket.ConnectAsync(broker.Uri + "x", Stop));
        Assert.Equal((Errno.ENOENT, Errno.ENOTCONN, true), (missing.ConnectErrnum, missing.Errnum, missing.IsTransient));

        // A socket file whose listener is gone, as a killed broker leaves it.
        var stale = Path.Combine(Path.GetDirectoryName(broker.SocketPath)!, "stale");
        using (var bound = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            bound.Bind(new UnixDomainSocketEndPoint(stale));
            var dead = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => BrokerSocket.ConnectAsync(stale, Stop));
            Assert.Equal(Errno.ECONNREFUSED, dead.ConnectErrnum);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("local/path")]
    [InlineData("ssh://host/run/flux/local")]
    [InlineData("local://relative")]
    public void What_is_not_a_local_uri_is_an_argument_error(string uri) => Assert.ThrowsAny<ArgumentException>(() => BrokerSocket.Parse(uri));

    [Fact]
    public void A_path_too_long_for_a_socket_is_an_argument_error() =>
        Assert.ThrowsAny<ArgumentException>(() => BrokerSocket.Parse("local:///" + new string('a', 200)));
}
