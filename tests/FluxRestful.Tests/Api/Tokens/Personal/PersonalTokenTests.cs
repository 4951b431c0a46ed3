using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tokens;
using FluxRestful.Api.Tokens.Personal;
using FluxRestful.Tests.Fakes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tokens.Personal;

public sealed class PersonalTokenTests
{
    private static readonly string[] JobsRead = ["jobs:read"];

    private static readonly string[] Networks = ["10.1.0.0/16", "2001:db8::/32"];

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1767225600));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_and_stored_as_a_hash()
    {
        await using var app = await StartAsync();
        var (token, info) = await CreateAsync(app.Alice);
        Assert.True(PersonalToken.IsWellFormed(token));
        Assert.Equal("ci", info.GetProperty("name").GetString());
        Assert.Equal("2026-04-01T00:00:00+00:00", info.GetProperty("expiresAt").GetString());
        var list = await ApiApp.GetAsync(app.Alice, "/api/v1/account/tokens");
        Assert.Equal(info.GetRawText(), Assert.Single(list.GetProperty("tokens").EnumerateArray()).GetRawText());
        Assert.DoesNotContain(token, list.GetRawText(), StringComparison.Ordinal);
        await using var db = app.App.OpenDatabase();
        Assert.Equal(TokenText.Hash(token), Assert.Single(db.PersonalTokens).Hash);
        foreach (var file in Directory.GetFiles(app.App.DataDirectory))
        {
            Assert.DoesNotContain(token, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Token)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_lets_its_tenant_in_as_bearer_and_as_password()
    {
        await using var app = await StartAsync();
        var (token, _) = await CreateAsync(app.Alice);
        Assert.True(await app.IsGoodAsync(token));
        Assert.Equal(HttpStatusCode.NotFound, (await app.App.BasicClientFor("alice", token).GetAsync("/v1/x", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.App.With("Bearer", token).GetAsync("/v1/x", Token)).StatusCode);
        // It is nobody else's password.
        foreach (var name in new[] { "bob", "nobody", "", "ALICE", TestApp.Superuser })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.App.BasicClientFor(name, token).GetAsync("/v1/x", Token)).StatusCode);
        }
    }

    [Fact]
    public async Task A_token_may_what_its_scopes_say_and_its_tenant_may()
    {
        await using var app = await StartAsync();
        var (superuser, _) = await CreateAsync(app.Superuser, ["jobs:read", "users:admin"]);
        await ApiApp.GetAsync(app.Bearer(superuser), "/api/v1/users/alice/tokens");
        var (narrow, _) = await CreateAsync(app.Superuser);
        await ApiApp.GetAsync(app.Bearer(narrow), "/api/v1/users/alice/tokens", 403);
        var refused = await ApiApp.PostAsync(app.Alice, "/api/v1/account/tokens", New(["users:admin"]), 400);
        Assert.True(refused.GetProperty("errors").TryGetProperty("scopes", out _));

        // The tenant is less than it was: so is its token.
        await using (var db = app.App.OpenDatabase())
        {
            await db.Tenants.Where(tenant => tenant.Name == TestApp.Superuser)
                .ExecuteUpdateAsync(row => row.SetProperty(tenant => tenant.Role, Role.User), Token);
        }

        _time.Advance(TenantDirectory.Freshness);
        await ApiApp.GetAsync(app.Bearer(superuser), "/api/v1/users/alice/tokens", 403);
    }

    [Fact]
    public async Task A_token_makes_no_tokens_and_signs_nobody_out_whatever_its_scopes()
    {
        await using var app = await StartAsync();
        var (token, _) = await CreateAsync(app.Superuser, [.. Rights.Scopes]);
        var client = app.Bearer(token);
        await ApiApp.PostAsync(client, "/api/v1/account/tokens", New(JobsRead), 403);
        await ApiApp.GetAsync(client, "/api/v1/account/tokens", 403);
        await ApiApp.ReadAsync(await client.DeleteAsync("/api/v1/account/tokens/1", Token), 403);
        await ApiApp.ReadAsync(await client.PostAsync("/api/v1/token/sign-out-everywhere", null, Token), 403);

        // Nor does it become an access token, which would be wider.
        var grant = TokenForms.Form(("grant_type", "password"), ("username", TestApp.Superuser), ("password", token));
        await ApiApp.ReadAsync(await app.With(null).PostAsync("/api/v1/token", grant, Token), 400);
        var basic = app.App.BasicClientFor(TestApp.Superuser, token);
        Assert.Equal(400, (int)(await basic.PostAsync("/api/v1/token", TokenForms.Form(("grant_type", "password")), Token)).StatusCode);
        var login = TokenForms.Form(("username", TestApp.Superuser), ("password", token));
        Assert.Equal(400, (int)(await app.App.Anonymous().PostAsync("/v1/login/access-token", login, Token)).StatusCode);
        var payload = Jwt.Sign($$"""{"user":"{{TestApp.Superuser}}","pass":"{{token}}","scope":"token"}""", TestApp.SecretKey);
        Assert.Equal(400, (int)(await app.App.With("Bearer", payload).PostAsync("/v1/token", null, Token)).StatusCode);
    }

    [Fact]
    public async Task A_token_to_look_after_accounts_makes_nobody_more_than_a_user_and_sets_no_password()
    {
        await using var app = await StartAsync();
        var (token, _) = await CreateAsync(app.Superuser, ["users:admin"]);
        var client = app.Bearer(token);
        await ApiApp.PostAsync(client, $"/api/v1/users/{TestApp.Superuser}/password", new { }, 403);
        await ApiApp.PostAsync(client, "/api/v1/users/alice/password", new { }, 403);
        var own = new { currentPassword = TestApp.SuperuserPassword, newPassword = "another password of length" };
        await ApiApp.ReadAsync(await client.PutAsJsonAsync("/api/v1/account/password", own, Token), 403);
        await ApiApp.PostAsync(client, "/api/v1/users", new { name = "mallory", role = "superuser" }, 403);
        await ApiApp.PostAsync(client, "/api/v1/users", new { name = "mallory", role = "operator" }, 403);
        await ApiApp.ReadAsync(await client.PatchAsJsonAsync("/api/v1/users/alice", new { role = "superuser" }, Token), 403);
        // Whoever was switched off as a superuser does not come in again by it; a user does.
        await ApiApp.PostAsync(app.Superuser, "/api/v1/users", new { name = "former", role = "superuser", password = ApiApp.Password }, 201);
        foreach (var (name, status) in ((string, int)[])[("former", 403), ("oscar", 403), ("bob", 200)])
        {
            await ApiApp.ReadAsync(await app.Superuser.PatchAsJsonAsync($"/api/v1/users/{name}", new { disabled = true }, Token), 200);
            await ApiApp.ReadAsync(await client.PatchAsJsonAsync($"/api/v1/users/{name}", new { disabled = false }, Token), status);
            await ApiApp.ReadAsync(await app.Superuser.PatchAsJsonAsync($"/api/v1/users/{name}", new { disabled = false }, Token), 200);
        }

        await ApiApp.PostAsync(client, "/api/v1/users", new { name = "carol" }, 201);
        await ApiApp.ReadAsync(await client.PatchAsJsonAsync("/api/v1/users/alice", new { role = "viewer" }, Token), 200);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once_everywhere()
    {
        await using var app = await StartAsync();
        var (first, info) = await CreateAsync(app.Alice);
        var (second, _) = await CreateAsync(app.Alice);
        Assert.True(await app.IsGoodAsync(first));
        var path = $"/api/v1/account/tokens/{info.GetProperty("id")}";
        await ApiApp.ReadAsync(await app.Bob.DeleteAsync(path, Token), 404);
        Assert.True(await app.IsGoodAsync(first));
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync(path, Token), 204);
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync(path, Token), 404);
        Assert.False(await app.IsGoodAsync(first));
        Assert.Equal(401, (int)(await app.App.BasicClientFor("alice", first).GetAsync("/v1/jobs", Token)).StatusCode);
        Assert.Equal(403, (int)(await app.App.With("Bearer", first).GetAsync("/v1/jobs", Token)).StatusCode);

        // By its finder.
        await TokenForms.RevokeAsync(app, second);
        Assert.False(await app.IsGoodAsync(second));
    }

    [Fact]
    public async Task An_administrator_lists_and_revokes_tokens_of_others()
    {
        await using var app = await StartAsync();
        var (token, info) = await CreateAsync(app.Alice);
        var list = await ApiApp.GetAsync(app.Superuser, "/api/v1/users/alice/tokens");
        var id = Assert.Single(list.GetProperty("tokens").EnumerateArray()).GetProperty("id");
        Assert.Equal(info.GetProperty("id").GetInt32(), id.GetInt32());
        await ApiApp.GetAsync(app.Bob, "/api/v1/users/alice/tokens", 403);
        await ApiApp.GetAsync(app.Superuser, "/api/v1/users/nobody/tokens", 404);
        await ApiApp.ReadAsync(await app.Superuser.DeleteAsync($"/api/v1/users/bob/tokens/{id}", Token), 404);
        Assert.True(await app.IsGoodAsync(token));
        await ApiApp.ReadAsync(await app.Superuser.DeleteAsync($"/api/v1/users/alice/tokens/{id}", Token), 204);
        Assert.False(await app.IsGoodAsync(token));
    }

    [Fact]
    public async Task A_token_ends_with_its_time_and_while_its_tenant_is_disabled()
    {
        await using var app = await StartAsync();
        var accounts = app.App.Services.GetRequiredService<TenantAccounts>();
        var (token, _) = await CreateAsync(app.Alice, days: 1);
        await accounts.SetDisabledAsync("alice", true, Token);
        Assert.Equal(403, (int)(await app.Bearer(token).GetAsync("/api/v1/account/tokens", Token)).StatusCode);
        await accounts.SetDisabledAsync("alice", false, Token);
        Assert.True(await app.IsGoodAsync(token));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(await app.IsGoodAsync(token));
    }

    [Fact]
    public async Task A_token_outlives_sessions_and_the_password_unless_it_is_meant_too()
    {
        await using var app = await StartAsync();
        var (token, _) = await CreateAsync(app.Alice);
        await app.App.Services.GetRequiredService<TenantAccounts>().SetPasswordAsync("alice", ApiApp.Password, Token);
        await ApiApp.ReadAsync(await app.ClientFor("alice").PostAsync("/api/v1/token/sign-out-everywhere", null, Token), 204);
        Assert.True(await app.IsGoodAsync(token));
        await ApiApp.ReadAsync(await app.ClientFor("alice").PostAsync("/api/v1/token/sign-out-everywhere?personalTokens=true", null, Token), 204);
        Assert.False(await app.IsGoodAsync(token));
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    [InlineData(null, false)]
    public async Task A_token_for_certain_networks_is_good_from_there_only(string? address, bool isGood)
    {
        await using var app = await StartAsync(from: address);
        var made = await ApiApp.PostAsync(
            app.Alice, "/api/v1/account/tokens", new { name = "ci", scopes = JobsRead, networks = Networks }, 201);
        Assert.Equal(isGood, await app.IsGoodAsync(made.GetProperty("token").GetString()!));
    }

    [Fact]
    public async Task A_tenant_has_so_many_tokens_and_no_more_also_if_it_asks_for_many_at_once()
    {
        await using var app = await StartAsync(settings: ("Tokens:MostPersonal", "5"));
        var tokens = app.App.Services.GetRequiredService<PersonalTokens>();
        var alice = (await app.App.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", Token))!;
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Task.Run(() => tokens.CreateAsync(alice.Id, "x", JobsRead, [], TimeSpan.FromDays(1), Token))));
        Assert.Equal(5, made.Count(one => one is not null));
        var refused = await ApiApp.PostAsync(app.Alice, "/api/v1/account/tokens", New(JobsRead), 409);
        Assert.Contains("5 personal tokens", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        // Those that have expired take no place.
        _time.Advance(TimeSpan.FromDays(1));
        await CreateAsync(app.ClientFor("alice"));
    }

    [Fact]
    public async Task The_last_use_is_written_now_and_then_and_told_at_once()
    {
        await using var app = await StartAsync();
        var (token, info) = await CreateAsync(app.Alice);
        Assert.False(info.TryGetProperty("lastUsedAt", out _));
        _time.Advance(TimeSpan.FromSeconds(10));
        await app.IsGoodAsync(token);
        var list = await ApiApp.GetAsync(app.Alice, "/api/v1/account/tokens");
        Assert.Equal("2026-01-01T00:00:10+00:00", list.GetProperty("tokens")[0].GetProperty("lastUsedAt").GetString());
        Assert.Null(Stored()!.LastUsedAt);
        _time.Advance(PersonalTokenUses.Interval);
        await Eventually.TrueAsync(() => Task.FromResult(Stored()!.LastUsedAt is not null), Token);

        FluxRestful.Api.Storage.Tokens.PersonalTokenRecord? Stored()
        {
            using var db = app.App.OpenDatabase();
            return db.PersonalTokens.AsNoTracking().Single();
        }
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["jobs:read"]}""", "name")]
    [InlineData("""{"name":"a\nb","scopes":["jobs:read"]}""", "name")]
    [InlineData("""{"name":"x","scopes":[]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["jobs:*"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["jobs:read jobs:write"]}""", "scopes")]
    [InlineData("""{"name":"x","scopes":["jobs:read"],"expiresInDays":0}""", "expiresInDays")]
    [InlineData("""{"name":"x","scopes":["jobs:read"],"expiresInDays":367}""", "expiresInDays")]
    [InlineData("""{"name":"x","scopes":["jobs:read"],"networks":["10.1.0.0/33"]}""", "networks")]
    [InlineData("""{"name":"x","scopes":["jobs:read"],"networks":["anywhere"]}""", "networks")]
    [InlineData("""{"name":"x","scopes":["jobs:read"],"role":"superuser"}""", "role")]
    [InlineData("""{"scopes":["jobs:read"]}""", "name")]
    public async Task A_wrong_wish_is_told_by_its_member(string body, string member)
    {
        await using var app = await StartAsync();
        var answer = await ApiApp.ReadAsync(
            await app.Alice.PostAsync("/api/v1/account/tokens", new StringContent(body, Encoding.UTF8, "application/json"), Token), 400);
        Assert.True(answer.GetProperty("errors").TryGetProperty(member, out _), answer.GetRawText());
    }

    [Fact]
    public async Task Every_token_that_is_not_good_is_refused_in_the_same_words()
    {
        await using var app = await StartAsync();
        var (revoked, info) = await CreateAsync(app.Alice);
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"/api/v1/account/tokens/{info.GetProperty("id")}", Token), 204);
        var (expired, _) = await CreateAsync(app.Alice, days: 1);
        _time.Advance(TimeSpan.FromDays(1));
        var answers = new HashSet<string>();
        foreach (var token in new[] { revoked, expired, PersonalToken.New(), "frp_", "frp_' or 1=1 --", revoked[..^1] + "!" })
        {
            var answer = await ApiApp.GetAsync(app.Bearer(token), "/api/v1/account/tokens", 401);
            answers.Add($"{answer.GetProperty("type")} {answer.GetProperty("detail")}");
        }

        Assert.Single(answers);
    }

    private async Task<ApiApp> StartAsync(string? from = null, params (string Name, string? Value)[] settings) => await ApiApp.StartAsync(
        new TestApp { Time = _time, ConfigureServices = services => services.AddSingleton<IStartupFilter>(new From(from)) }, settings);

    private static object New(string[] scopes, int days = 90) => new { name = "ci", scopes, expiresInDays = days };

    private static async Task<(string Token, JsonElement Info)> CreateAsync(HttpClient client, string[]? scopes = null, int days = 90)
    {
        var made = await ApiApp.PostAsync(client, "/api/v1/account/tokens", New(scopes ?? JobsRead, days), 201);
        return (made.GetProperty("token").GetString()!, made.GetProperty("info"));
    }

    // The test server has no addresses.
    private sealed class From(string? address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
                return go(context);
            });
            next(app);
        };
    }
}
