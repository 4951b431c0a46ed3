using FluxRestful.Core;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Core;

public sealed class BackoffPolicyTests
{
    private static readonly BackoffOptions Options = new()
    {
        Initial = TimeSpan.FromMilliseconds(100),
        Maximum = TimeSpan.FromSeconds(1),
        Jitter = 0.5,
        StableAfter = TimeSpan.FromSeconds(5),
    };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_first_attempt_need_not_wait() => Assert.Equal(TimeSpan.Zero, new BackoffPolicy(Options, _time).Remaining);

    [Fact]
    public void Backoff_doubles_up_to_its_limit()
    {
        var policy = new BackoffPolicy(Options, _time, () => 0);
        foreach (var expected in new[] { 100, 200, 400, 800, 1000, 1000 })
        {
            policy.Failed();
            Assert.Equal(TimeSpan.FromMilliseconds(expected), policy.Remaining);
        }
    }

    [Fact]
    public void A_part_of_the_wait_is_random()
    {
        var policy = new BackoffPolicy(Options, _time, () => 1);
        policy.Failed();
        Assert.Equal(TimeSpan.FromMilliseconds(50), policy.Remaining);
    }

    [Fact]
    public void The_wait_passes_with_time()
    {
        var policy = new BackoffPolicy(Options, _time, () => 0);
        policy.Failed();
        _time.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Equal(TimeSpan.FromMilliseconds(40), policy.Remaining);
        _time.Advance(TimeSpan.FromMilliseconds(60));
        Assert.Equal(TimeSpan.Zero, policy.Remaining);
    }

    [Fact]
    public void Losing_a_connection_that_had_lasted_is_a_new_beginning()
    {
        var policy = new BackoffPolicy(Options, _time, () => 0);
        policy.Failed();
        policy.Failed();
        policy.Connected();
        _time.Advance(TimeSpan.FromSeconds(6));
        policy.Lost();
        Assert.Equal(TimeSpan.Zero, policy.Remaining);
        policy.Failed();
        Assert.Equal(TimeSpan.FromMilliseconds(100), policy.Remaining);
    }

    [Fact]
    public void Losing_a_connection_at_once_is_one_more_failure()
    {
        var policy = new BackoffPolicy(Options, _time, () => 0);
        policy.Failed();
        policy.Connected();
        policy.Lost();
        Assert.Equal(TimeSpan.FromMilliseconds(200), policy.Remaining);
    }

    [Fact]
    public void Thousands_of_failures_do_not_overflow()
    {
        var policy = new BackoffPolicy(Options, _time, () => 0);
        for (var i = 0; i < 5000; i++)
        {
            policy.Failed();
        }

        Assert.Equal(Options.Maximum, policy.Remaining);
    }
}
