using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Sessions;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Sessions;

public sealed class RefreshTokenTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refresh_token_gives_the_next_access_token_and_the_next_refresh_token()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice");
        Assert.Equal(36000, grant.GetProperty("expires_in").GetInt64());
        Assert.Matches(@"^frr_[0-9A-Za-z]{71}\z", grant.Refresh());
        for (var round = 0; round < 3; round++)
        {
            var next = await TokenForms.RefreshAsync(app, grant);
            Assert.NotEqual(grant.Refresh(), next.Refresh());
            Assert.NotEqual(grant.Access(), next.Access());
            Assert.True(await app.IsGoodAsync(next.Access()));
            grant = next;
        }

        await using var db = app.App.OpenDatabase();
        var family = Assert.Single(db.TokenFamilies);
        Assert.Equal(TokenText.Hash(grant.Refresh()), family.Hash);
        Assert.DoesNotContain(grant.Refresh(), await File.ReadAllTextAsync(Path.Combine(app.App.DataDirectory, "flux-restful.db-wal"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_whole_sign_in_and_nothing_else()
    {
        await using var app = await StartAsync();
        var other = await TokenForms.SignInAsync(app, "alice");
        var first = await TokenForms.SignInAsync(app, "alice");
        var second = await TokenForms.RefreshAsync(app, first);
        await InvalidAsync(TokenForms.RefreshAsync(app, first, 400));
        await InvalidAsync(TokenForms.RefreshAsync(app, second, 400));
        Assert.False(await app.IsGoodAsync(first.Access()));
        Assert.False(await app.IsGoodAsync(second.Access()));
        Assert.True(await app.IsGoodAsync(other.Access()));
        await TokenForms.RefreshAsync(app, other);
    }

    [Fact]
    public async Task Of_two_that_come_with_one_refresh_token_at_once_at_most_one_gets_something_and_the_sign_in_ends()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice");
        var sessions = app.App.Services.GetRequiredService<RefreshTokens>();
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => sessions.RefreshAsync(grant.Refresh(), Token))));
        Assert.Single(both, session => session is not null);
        Assert.Null(await sessions.RefreshAsync(both.Single(session => session is not null)!.RefreshToken, Token));
        Assert.False(await app.IsGoodAsync(grant.Access()));
    }

    [Fact]
    public async Task A_refresh_token_ends_with_its_time_its_password_and_its_tenant()
    {
        await using var app = await StartAsync(("Tokens:SessionDays", "2"));
        var accounts = app.App.Services.GetRequiredService<TenantAccounts>();
        var old = await TokenForms.SignInAsync(app, "alice");
        _time.Advance(TimeSpan.FromDays(1));
        old = await TokenForms.RefreshAsync(app, old);
        _time.Advance(TimeSpan.FromDays(1));
        await InvalidAsync(TokenForms.RefreshAsync(app, old, 400));

        var grant = await TokenForms.SignInAsync(app, "alice");
        await accounts.SetDisabledAsync("alice", true, Token);
        await InvalidAsync(TokenForms.RefreshAsync(app, grant, 400));
        await accounts.SetDisabledAsync("alice", false, Token);
        grant = await TokenForms.RefreshAsync(app, grant);
        await accounts.SetPasswordAsync("alice", ApiApp.Password, Token);
        await InvalidAsync(TokenForms.RefreshAsync(app, grant, 400));
    }

    [Fact]
    public async Task A_sign_in_narrowed_to_scopes_stays_narrow()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice", "jobs:read");
        foreach (var token in new[] { grant, await TokenForms.RefreshAsync(app, grant) })
        {
            Assert.Equal("jobs:read", token.GetProperty("scope").GetString());
            await ApiApp.GetAsync(app.Bearer(token.Access()), "/api/v1/account/tokens", 403);
        }

        var wrong = await TokenForms.SignInAsync(app, "alice", "jobs:read everything", 400);
        Assert.Equal("invalid_scope", wrong.GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_tenant_has_so_many_sign_ins_and_no_more()
    {
        await using var app = await StartAsync();
        var sessions = app.App.Services.GetRequiredService<RefreshTokens>();
        var alice = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", Token))!;
        var first = await sessions.StartAsync(alice, null, Token);
        for (var round = 0; round < RefreshTokens.MostOfTenant; round++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await sessions.StartAsync(alice, null, Token);
        }

        await using var db = app.App.OpenDatabase();
        Assert.Equal(RefreshTokens.MostOfTenant, db.TokenFamilies.Count());
        Assert.Null(await sessions.RefreshAsync(first.RefreshToken, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("frr_0000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("' or 1=1 --")]
    public async Task What_is_no_refresh_token_gives_nothing(string token)
    {
        await using var app = await StartAsync();
        await InvalidAsync(ApiApp.ReadAsync(
            await app.With(null).PostAsync("/api/v1/token", TokenForms.Form(("grant_type", "refresh_token"), ("refresh_token", token)), Token), 400));
    }

    [Fact]
    public async Task A_right_looking_refresh_token_of_no_family_gives_nothing()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await InvalidAsync(TokenForms.RefreshAsync(other, await TokenForms.SignInAsync(one, "alice"), 400));
    }

    private async Task<ApiApp> StartAsync(params (string Name, string? Value)[] settings) => await ApiApp.StartAsync(new TestApp { Time = _time }, settings);

    private static async Task InvalidAsync(Task<System.Text.Json.JsonElement> answer) => Assert.Equal("invalid_grant", (await answer).GetProperty("error").GetString());
}
