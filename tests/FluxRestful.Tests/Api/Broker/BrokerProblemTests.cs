using FluxRestful.Api.Broker;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Api.Broker;

public sealed class BrokerProblemTests
{
    [Theory]
    [InlineData("job-manager.raise", Errno.ENOENT, 404)]
    [InlineData("job-manager.kill", Errno.EINVAL, 400)]
    [InlineData("resource.drain", Errno.EPERM, 403)]
    [InlineData("job-ingest.submit", Errno.EPERM, 400)]
    [InlineData("job-ingest.submit", Errno.EINVAL, 400)]
    [InlineData("job-list.list", Errno.ENOSYS, 503)]
    [InlineData("job-list.list", Errno.EHOSTUNREACH, 503)]
    [InlineData("job-list.list", Errno.EPROTO, 502)]
    [InlineData("job-list.list", 9999, 502)]
    public void An_errno_becomes_a_status(string topic, int errnum, int status) =>
        Assert.Equal(status, BrokerProblem.Of(new BrokerException(topic, errnum, "words"))!.Type.Status);

    [Fact]
    public void A_broker_that_is_away_says_when_to_come_again()
    {
        var problem = BrokerProblem.Of(new BrokerDisconnectedException("gone") { RetryAfter = TimeSpan.FromSeconds(7) })!;

        Assert.Equal((503, TimeSpan.FromSeconds(7)), (problem.Type.Status, problem.RetryAfter));
    }

    [Fact]
    public void A_late_answer_is_a_gateway_timeout() => Assert.Equal(504, BrokerProblem.Of(new TimeoutException())!.Type.Status);

    [Fact]
    public void A_bug_is_not_the_brokers() => Assert.Null(BrokerProblem.Of(new InvalidOperationException()));
}
