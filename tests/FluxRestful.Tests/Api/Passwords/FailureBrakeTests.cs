using FluxRestful.Api.Passwords;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class FailureBrakeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Five_failures_are_free_and_every_further_one_doubles_the_wait()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), brake.Begin("alice"));
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Null(brake.Begin("alice"));
        }
    }

    [Fact]
    public void A_success_forgets_the_failures()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        brake.Succeeded("alice", clean: true);
        Fail(brake, 5);
    }

    [Fact]
    public void A_success_that_is_not_clean_takes_back_its_own_attempt_only()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        brake.Succeeded("alice", clean: false);
        Assert.Null(brake.Begin("alice"));
        Assert.NotNull(brake.Begin("alice"));
    }

    [Fact]
    public void Failures_of_one_do_not_slow_another()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        Assert.Null(brake.Begin("bob"));
    }

    [Fact]
    public void Failures_are_forgotten_after_a_quarter_of_an_hour()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        _time.Advance(FailureBrake.Memory);
        Fail(brake, 5);
    }

    [Fact]
    public void Attempts_at_once_are_no_faster_than_one_after_the_other()
    {
        var brake = NewBrake();
        var let = 0;
        Parallel.For(0, 1000, _ =>
        {
            if (brake.Begin("alice") is null)
            {
                Interlocked.Increment(ref let);
            }
        });
        Assert.Equal(FailureBrake.FreeFailures, let);
    }

    [Fact]
    public void A_flood_of_names_does_not_free_the_one_that_is_slowed()
    {
        var brake = NewBrake();
        Fail(brake, 5);
        for (var name = 0; name < FailureBrake.Most + 100; name++)
        {
            brake.Begin($"name{name}");
        }

        Assert.NotNull(brake.Begin("alice"));
    }

    private static void Fail(FailureBrake brake, int times)
    {
        for (var time = 0; time < times; time++)
        {
            Assert.Null(brake.Begin("alice"));
        }
    }

    private FailureBrake NewBrake() => new(_time, TimeSpan.FromMinutes(1));
}
