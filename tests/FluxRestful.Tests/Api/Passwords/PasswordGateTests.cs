using FluxRestful.Api.Passwords;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class PasswordGateTests
{
    [Fact]
    public async Task More_than_can_wait_are_sent_away_at_once_and_the_rest_after_a_while()
    {
        var time = new FakeTimeProvider();
        using var gate = new PasswordGate(time);
        using var finish = new ManualResetEventSlim();
        var places = Math.Max(1, Environment.ProcessorCount / 2);
        var running = Enumerable.Range(0, places).Select(_ => Work()).ToList();
        var waiting = Enumerable.Range(0, PasswordGate.MostWaiting).Select(_ => Work()).ToList();
        Assert.All(waiting, task => Assert.False(task.IsCompleted));

        Assert.Null(await Work());
        time.Advance(PasswordGate.LongestWait);
        Assert.All(await Task.WhenAll(waiting), Assert.Null);

        finish.Set();
        Assert.All(await Task.WhenAll(running), answer => Assert.True(answer));
        Assert.True(await gate.RunAsync(() => true));

        Task<bool?> Work() => gate.RunAsync(() =>
        {
            finish.Wait(TestContext.Current.CancellationToken);
            return true;
        });
    }

    [Fact]
    public async Task Work_that_fails_gives_its_place_back()
    {
        using var gate = new PasswordGate(TimeProvider.System);
        for (var time = 0; time < 2 * Environment.ProcessorCount; time++)
        {
            await Assert.ThrowsAsync<InvalidOperationException>(() => gate.RunAsync<bool>(() => throw new InvalidOperationException()));
        }

        Assert.True(await gate.RunAsync(() => true));
    }
}
