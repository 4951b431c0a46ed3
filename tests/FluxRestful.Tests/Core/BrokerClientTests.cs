using FluxRestful.Core;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Core;

public sealed class BrokerClientTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_connects_before_somebody_asks_and_many_who_ask_share_one_connection()
    {
        await using var broker = new FakeBroker().Answers("attr.get", """{"value":"4"}""");
        await using var client = Client(broker);
        Assert.Equal((false, 0L), (client.IsConnected, client.Generation));
        Assert.Empty(broker.Connections);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => client.CallAsync(new("attr.get"), Stop))));
        Assert.All(answers, answer => Assert.Equal("4", answer.GetProperty("value").GetString()));
        Assert.Single(broker.Connections);
        Assert.Equal((true, 1L), (client.IsConnected, client.Generation));
    }

    [Fact]
    public async Task After_a_loss_the_next_caller_gets_a_new_link_and_nothing_is_sent_twice()
    {
        var arrived = new TaskCompletionSource();
        await using var broker = new FakeBroker().Answers("attr.get", "{}");
        broker.On("job-ingest.submit", _ =>
        {
            arrived.SetResult();
            return Task.CompletedTask;
        });
        await using var client = Client(broker);
        var submit = client.CallAsync(new("job-ingest.submit"), Stop);
        await arrived.Task;
        var loss = client.WaitForLossAsync(client.Generation, Stop);
        Assert.False(loss.IsCompleted);
        await broker.DropAsync();
        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => submit);
        await loss;

        _time.Advance(TimeSpan.FromSeconds(10));
        await client.CallAsync(new("attr.get"), Stop);
        Assert.Equal(2, client.Generation);
        Assert.Single(broker.Requests, request => request.Topic == "job-ingest.submit");
        Assert.True(client.WaitForLossAsync(1, Stop).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task While_the_broker_is_away_calls_fail_at_once_and_connecting_waits_for_its_turn()
    {
        await using var broker = new FakeBroker().Answers("attr.get", "{}");
        await using var client = Client(broker);
        await client.ConnectAsync(Stop);
        await broker.StopAsync();
        await client.WaitForLossAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(10));

        var refused = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => client.CallAsync(new("attr.get"), Stop));
        Assert.Equal((Errno.ENOENT, "attr.get"), (refused.ConnectErrnum, refused.Topic));
        var early = await Assert.ThrowsAsync<BrokerDisconnectedException>(() => client.CallAsync(new("attr.get"), Stop));
        Assert.InRange(early.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));

        broker.Restart();
        var connecting = client.ConnectAsync(Stop);
        Assert.False(connecting.IsCompleted);
        _time.Advance(early.RetryAfter);
        await connecting;
        Assert.Equal((true, 2L), (client.IsConnected, client.Generation));
    }

    [Fact]
    public async Task A_broker_that_never_says_a_word_is_given_up_after_the_connect_timeout()
    {
        await using var broker = new FakeBroker { Welcome = null };
        await using var client = Client(broker);
        var connecting = client.ConnectAsync(Stop);
        await Eventually.TrueAsync(() => broker.Connections.Any(), Stop);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(Errno.ETIMEDOUT, (await Assert.ThrowsAsync<BrokerDisconnectedException>(() => connecting)).ConnectErrnum);
    }

    [Fact]
    public async Task A_caller_who_gives_up_does_not_end_the_attempt_of_the_others()
    {
        await using var broker = new FakeBroker { Welcome = null };
        await using var client = Client(broker);
        using var patience = new CancellationTokenSource();
        var impatient = client.ConnectAsync(patience.Token);
        var patient = client.ConnectAsync(Stop);
        await Eventually.TrueAsync(() => broker.Connections.Any(), Stop);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await broker.Connections.Single().SendRawAsync([0]);
        await patient;
        Assert.Single(broker.Connections);
    }

    [Fact]
    public async Task A_broker_that_refuses_is_its_own_error()
    {
        await using var broker = new FakeBroker { Welcome = Errno.EPERM };
        await using var client = Client(broker);
        Assert.Equal("attr.get", (await Assert.ThrowsAsync<BrokerRefusedException>(() => client.CallAsync(new("attr.get"), Stop))).Topic);
    }

    [Fact]
    public async Task The_clients_timeout_holds_for_calls_that_name_none()
    {
        var arrived = new SemaphoreSlim(0);
        await using var broker = new FakeBroker();
        broker.On("never.answered", _ =>
        {
            arrived.Release();
            return Task.CompletedTask;
        });
        await using var client = Client(broker, TimeSpan.FromSeconds(30));
        var timed = client.CallAsync(new("never.answered"), Stop);
        var patient = client.CallAsync(new("never.answered") { Timeout = Timeout.InfiniteTimeSpan }, Stop);
        await arrived.WaitAsync(Stop);
        await arrived.WaitAsync(Stop);
        _time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<TimeoutException>(() => timed);
        Assert.False(patient.IsCompleted);
        await broker.DropAsync();
        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => patient);
    }

    [Fact]
    public async Task An_answer_that_is_not_json_is_a_protocol_error_of_that_call_alone()
    {
        await using var broker = new FakeBroker().Answers("odd.one", "{\"a\":1} and more").Answers("none.at-all").Answers("attr.get", "{}");
        await using var client = Client(broker);
        await Assert.ThrowsAsync<FluxRestful.Core.Framing.ProtocolException>(() => client.CallAsync(new("odd.one"), Stop));
        Assert.Equal(System.Text.Json.JsonValueKind.Undefined, (await client.CallAsync(new("none.at-all"), Stop)).ValueKind);
        await client.CallAsync(new("attr.get"), Stop);
        Assert.Equal(1, client.Generation);
    }

    [Fact]
    public async Task Disposing_fails_what_is_pending_and_lets_nobody_connect_again()
    {
        var arrived = new TaskCompletionSource();
        await using var broker = new FakeBroker();
        broker.On("never.answered", _ =>
        {
            arrived.SetResult();
            return Task.CompletedTask;
        });
        var client = Client(broker);
        var pending = client.CallAsync(new("never.answered"), Stop);
        await arrived.Task;
        await client.DisposeAsync();
        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => pending);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.CallAsync(new("attr.get"), Stop));
        await client.DisposeAsync();
    }

    [Fact]
    public async Task Disposing_in_the_middle_of_an_attempt_does_not_hang()
    {
        await using var broker = new FakeBroker { Welcome = null };
        var client = Client(broker);
        var connecting = client.ConnectAsync(Stop);
        await Eventually.TrueAsync(() => broker.Connections.Any(), Stop);
        await client.DisposeAsync();
        await Assert.ThrowsAsync<BrokerDisconnectedException>(() => connecting);
    }

    [Fact]
    public void A_uri_that_is_not_local_is_told_at_once() =>
        Assert.ThrowsAny<ArgumentException>(() => new BrokerClient(new() { Uri = "ssh://host" }, _time, NullLogger<BrokerClient>.Instance));

    private BrokerClient Client(FakeBroker broker, TimeSpan? timeout = null) =>
        new(new() { Uri = broker.Uri, RequestTimeout = timeout }, _time, NullLogger<BrokerClient>.Instance);
}
