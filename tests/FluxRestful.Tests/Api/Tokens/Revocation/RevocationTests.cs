using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Revocation;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Revocation;

public sealed class RevocationTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_access_token_is_refused_at_once_and_after_a_restart()
    {
        await using var app = await StartAsync();
        var (gone, stays) = (await TokenForms.SignInAsync(app, "alice"), await TokenForms.SignInAsync(app, "alice"));
        Assert.True(await app.IsGoodAsync(gone.Access()));
        await TokenForms.RevokeAsync(app, gone.Access());
        Assert.False(await app.IsGoodAsync(gone.Access()));
        Assert.True(await app.IsGoodAsync(stays.Access()));
        // In the dialect as well.
        Assert.Equal(403, (int)(await app.App.With("Bearer", gone.Access()).GetAsync("/v1/jobs", Token)).StatusCode);

        await using var again = new TestApp { Time = _time, KeptDataDirectory = app.App.DataDirectory };
        Assert.Equal(403, (int)(await again.With("Bearer", gone.Access()).GetAsync("/v1/x", Token)).StatusCode);
        Assert.Equal(404, (int)(await again.With("Bearer", stays.Access()).GetAsync("/v1/x", Token)).StatusCode);
    }

    [Fact]
    public async Task A_revoked_refresh_token_ends_its_sign_in_with_the_access_tokens_had_from_it()
    {
        await using var app = await StartAsync();
        var first = await TokenForms.SignInAsync(app, "alice");
        var second = await TokenForms.RefreshAsync(app, first);
        await TokenForms.RevokeAsync(app, second.Refresh());
        Assert.False(await app.IsGoodAsync(first.Access()));
        Assert.False(await app.IsGoodAsync(second.Access()));
        await TokenForms.RefreshAsync(app, second, 400);
    }

    [Fact]
    public async Task What_another_process_revokes_is_refused_within_seconds()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice");
        Assert.True(await app.IsGoodAsync(grant.Access()));
        await using (var other = new TestApp { Time = _time, KeptDataDirectory = app.App.DataDirectory })
        {
            var response = await other.Anonymous().PostAsync("/api/v1/token/revoke", TokenForms.Form(("token", grant.Access())), Token);
            Assert.True(response.IsSuccessStatusCode);
        }

        _time.Advance(RevokedTokens.Freshness);
        Assert.False(await app.IsGoodAsync(grant.Access()));
    }

    [Fact]
    public async Task A_request_asks_the_database_for_nothing_while_what_is_known_is_fresh()
    {
        await using var app = await StartAsync();
        var token = (await TokenForms.SignInAsync(app, "alice")).Access();
        Assert.True(await app.IsGoodAsync(token));
        // Behind the server's back, without the clock moving: it cannot know.
        await using (var db = app.App.OpenDatabase())
        {
            await db.Tenants.ExecuteUpdateAsync(row => row.SetProperty(tenant => tenant.IsDisabled, true), Token);
        }

        Assert.True(await app.IsGoodAsync(token));
    }

    [Fact]
    public async Task The_list_forgets_what_has_expired()
    {
        await using var app = await StartAsync(("FLUX_ACCESS_TOKEN_EXPIRES_MINUTES", "5"));
        for (var round = 0; round < 3; round++)
        {
            await TokenForms.RevokeAsync(app, (await TokenForms.SignInAsync(app, "alice")).Access());
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        await using var db = app.App.OpenDatabase();
        Assert.Single(db.RevokedTokens);
    }

    [Fact]
    public async Task Whoever_revokes_without_end_is_signed_out_everywhere_instead_of_filling_the_list()
    {
        await using var app = await StartAsync();
        var signOut = app.App.Services.GetRequiredService<SignOut>();
        var alice = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", Token))!;
        await using (var db = app.App.OpenDatabase())
        {
            db.RevokedTokens.AddRange(Enumerable.Range(0, RevokedTokens.MostOfTenant).Select(at =>
                new FluxRestful.Api.Storage.Tokens.RevokedToken { Key = $"jti{at}", TenantId = alice.Id, ExpiresAt = _time.GetUtcNow().AddHours(1) }));
            await db.SaveChangesAsync(Token);
        }

        var (token, ofBob) = ((await TokenForms.SignInAsync(app, "alice")).Access(), (await TokenForms.SignInAsync(app, "bob")).Access());
        await signOut.RevokeAsync((string)TokenForms.Claims(token)["jti"]!, alice.Id, _time.GetUtcNow().AddHours(1), Token);
        Assert.False(await app.IsGoodAsync(token));
        Assert.True(await app.IsGoodAsync(ofBob));
        await using var after = app.App.OpenDatabase();
        Assert.Empty(after.RevokedTokens);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_of_the_tenant_at_once_and_of_nobody_else()
    {
        await using var app = await StartAsync();
        var (one, two, bob) = (await TokenForms.SignInAsync(app, "alice"), await TokenForms.SignInAsync(app, "alice"), await TokenForms.SignInAsync(app, "bob"));
        var ofDialect = app.App.Services.GetRequiredService<AccessTokens>().Issue((await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", Token))!);
        await ApiApp.ReadAsync(await app.Bearer(one.Access()).PostAsync("/api/v1/token/sign-out-everywhere", null, Token), 204);
        Assert.All(await Task.WhenAll(new[] { one.Access(), two.Access(), ofDialect }.Select(app.IsGoodAsync)), Assert.False);
        await TokenForms.RefreshAsync(app, one, 400);
        await TokenForms.RefreshAsync(app, two, 400);
        Assert.True(await app.IsGoodAsync(bob.Access()));
        Assert.True(await app.IsGoodAsync((await TokenForms.SignInAsync(app, "alice")).Access()));
    }

    [Fact]
    public async Task An_administrator_signs_another_tenant_out()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice");
        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/users/alice/sign-out-everywhere", null, Token), 403);
        Assert.True(await app.IsGoodAsync(grant.Access()));
        await ApiApp.ReadAsync(await app.Superuser.PostAsync("/api/v1/users/nobody/sign-out-everywhere", null, Token), 404);
        await ApiApp.ReadAsync(await app.Superuser.PostAsync("/api/v1/users/alice/sign-out-everywhere", null, Token), 204);
        Assert.False(await app.IsGoodAsync(grant.Access()));
    }

    [Fact]
    public async Task Revoking_says_the_same_of_a_good_token_and_of_none()
    {
        await using var app = await StartAsync();
        var grant = await TokenForms.SignInAsync(app, "alice");
        foreach (var token in new[] { grant.Access(), grant.Access(), grant.Refresh(), grant.Refresh(), "garbage", "a.b.c", "frp_x", new string('x', 20_000) })
        {
            await TokenForms.RevokeAsync(app, token);
        }

        await ApiApp.ReadAsync(await app.With(null).PostAsync("/api/v1/token/revoke", TokenForms.Form(("tok", "x")), Token), 400);
    }

    [Fact]
    public async Task A_forged_token_revokes_nothing()
    {
        await using var app = await StartAsync();
        var good = (await TokenForms.SignInAsync(app, "alice")).Access();
        await TokenForms.RevokeAsync(app, Jwt.Sign(TokenForms.Claims(good).ToJsonString(), TestApp.SecretKey, TokenForms.Header(good).ToJsonString()));
        Assert.True(await app.IsGoodAsync(good));
    }

    private async Task<ApiApp> StartAsync(params (string Name, string? Value)[] settings) => await ApiApp.StartAsync(new TestApp { Time = _time }, settings);
}
