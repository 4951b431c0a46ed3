using System.Net;
using FluxRestful.Api.Passwords;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Passwords;

public sealed class PasswordSignInTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_right_password_signs_in_and_a_wrong_one_does_not()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "password");
        Assert.Equal("alice", (await SignInAsync(app, "alice", "password")).Tenant!.Name);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "alice", "passwort")).Outcome);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "Alice", "password")).Outcome);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "nobody", "password")).Outcome);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "alice\n", "password")).Outcome);
    }

    [Fact]
    public async Task A_changed_password_ends_the_remembered_one_at_once()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "old");
        Assert.Equal(SignInOutcome.Accepted, (await SignInAsync(app, "alice", "old")).Outcome);
        await app.Services.GetRequiredService<TenantAccounts>().SetPasswordAsync("alice", "new", Token);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "alice", "old")).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await SignInAsync(app, "alice", "new")).Outcome);
    }

    [Fact]
    public async Task A_disabled_account_is_told_so_only_for_the_right_password()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "password");
        Assert.Equal(SignInOutcome.Accepted, (await SignInAsync(app, "alice", "password")).Outcome);
        await app.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("alice", true, Token);
        Assert.Equal(SignInOutcome.Disabled, (await SignInAsync(app, "alice", "password")).Outcome);
        Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, "alice", "guess")).Outcome);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("nobody")]
    public async Task Whoever_guesses_is_slowed_whether_the_account_exists_or_not(string name)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var app = new TestApp { Time = time };
        await app.AddTenantAsync("alice", "password");
        for (var guess = 0; guess < FailureBrake.FreeFailures; guess++)
        {
            Assert.Equal(SignInOutcome.Denied, (await SignInAsync(app, name, $"guess{guess}", IPAddress.Parse($"192.0.2.{guess + 10}"))).Outcome);
        }

        var refused = await SignInAsync(app, name, "password");
        Assert.Equal(SignInOutcome.SlowDown, refused.Outcome);
        Assert.Equal(1, refused.RetryAfterSeconds);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(SignInOutcome.SlowDown, (await SignInAsync(app, name, "password")).Outcome);
    }

    [Fact]
    public async Task An_address_that_tries_many_accounts_is_slowed_and_another_is_not()
    {
        await using var app = new TestApp { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)) };
        await app.AddTenantAsync("alice", "password");
        for (var guess = 0; guess < FailureBrake.FreeFailures; guess++)
        {
            await SignInAsync(app, $"name{guess}", "guess", IPAddress.Parse($"2001:db8::{guess}"));
        }

        Assert.Equal(SignInOutcome.SlowDown, (await SignInAsync(app, "alice", "password", IPAddress.Parse("2001:db8::ffff"))).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await SignInAsync(app, "alice", "password", IPAddress.Parse("2001:db9::1"))).Outcome);
    }

    [Fact]
    public async Task Whose_password_is_remembered_is_not_slowed_by_others_guesses()
    {
        await using var app = new TestApp { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)) };
        await app.AddTenantAsync("alice", "password");
        await SignInAsync(app, "alice", "password");
        for (var guess = 0; guess < 2 * FailureBrake.FreeFailures; guess++)
        {
            await SignInAsync(app, "alice", $"guess{guess}");
        }

        Assert.Equal(SignInOutcome.SlowDown, (await SignInAsync(app, "alice", "guess")).Outcome);
        Assert.Equal(SignInOutcome.Accepted, (await SignInAsync(app, "alice", "password")).Outcome);
    }

    [Fact]
    public async Task A_first_burst_of_one_client_is_one_attempt()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "password");
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => SignInAsync(app, "alice", "password")));
        Assert.All(results, result => Assert.Equal(SignInOutcome.Accepted, result.Outcome));
    }

    [Fact]
    public async Task A_flood_of_guesses_is_answered_soon_and_lets_nobody_in()
    {
        // Time stands still: otherwise a slow machine gives the flood further chances.
        await using var app = new TestApp { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60)) };
        await app.AddTenantAsync("alice", "password");
        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(guess =>
            SignInAsync(app, "alice", $"guess{guess}", IPAddress.Parse($"192.0.{guess / 250}.{guess % 250}"))));
        Assert.Equal(FailureBrake.FreeFailures, results.Count(result => result.Outcome == SignInOutcome.Denied));
        Assert.All(results, result => Assert.Null(result.Tenant));
    }

    private static Task<SignInResult> SignInAsync(TestApp app, string name, string password, IPAddress? from = null) =>
        app.Services.GetRequiredService<PasswordSignIn>().SignInAsync(name, password, from ?? Somewhere, Token);
}
