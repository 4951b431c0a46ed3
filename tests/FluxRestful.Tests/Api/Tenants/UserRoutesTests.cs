using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace FluxRestful.Tests.Api.Tenants;

public sealed class UserRoutesTests
{
    private const string Users = "/api/v1/users";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_shown_listed_and_signed_in_to()
    {
        await using var app = await ApiApp.StartAsync();
        var response = await app.Superuser.PostAsJsonAsync(Users, new { name = "carol", role = "operator", password = "eightchr", limits = new { nodes = 2, activeJobs = 0 } }, Token);
        var created = (await ApiApp.ReadAsync(response, 201)).GetProperty("user");
        Assert.Equal("/api/v1/users/carol", response.Headers.Location!.ToString());
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal("operator", created.GetProperty("role").GetString());
        Assert.False(created.GetProperty("mustChangePassword").GetBoolean());
        Assert.Equal("""{"activeJobs":0,"nodes":2}""", created.GetProperty("limits").GetRawText());
        Assert.Equal(created.GetRawText(), (await ApiApp.GetAsync(app.Superuser, Users + "/carol")).GetRawText());
        Assert.Contains("carol", Names(await ApiApp.GetAsync(app.Superuser, Users)));
        Assert.Equal("carol", (await ApiApp.GetAsync(Basic(app, "carol", "eightchr"), "/api/v1/account")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_generated_password_is_good_for_choosing_another_and_for_nothing_else()
    {
        await using var app = await ApiApp.StartAsync();
        var created = await ApiApp.PostAsync(app.Superuser, Users, new { name = "carol", role = "superuser" }, 201);
        var password = created.GetProperty("password").GetString()!;
        Assert.Matches("^[A-Za-z0-9]{24}$", password);
        var carol = Basic(app, "carol", password);
        var refused = await ApiApp.GetAsync(carol, Users, 403);
        Assert.Equal("urn:flux-restful:problem:password-change-needed", refused.GetProperty("type").GetString());
        Assert.True((await ApiApp.GetAsync(carol, "/api/v1/account")).GetProperty("mustChangePassword").GetBoolean());

        var dialect = await app.App.BasicClientFor("carol", password).GetAsync("/v1/jobs", Token);
        Assert.Equal(403, (int)dialect.StatusCode);
        Assert.Contains("PUT /api/v1/account/password", await dialect.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        await ChangeAsync(carol, password, "a better password", 204);
        await ApiApp.GetAsync(carol, "/api/v1/account", 401);
        await ApiApp.GetAsync(Basic(app, "carol", "a better password"), Users);
    }

    [Fact]
    public async Task A_reset_ends_the_old_password_and_its_tokens()
    {
        await using var app = await ApiApp.StartAsync();
        await ApiApp.GetAsync(app.Alice, "/api/v1/account");
        var reset = await ApiApp.PostAsync(app.Superuser, Users + "/alice/password", new { });
        var password = reset.GetProperty("password").GetString()!;
        Assert.True(reset.GetProperty("mustChangePassword").GetBoolean());
        await ApiApp.GetAsync(app.Alice, "/api/v1/account", 401);
        await ApiApp.GetAsync(Basic(app, "alice", ApiApp.Password), "/api/v1/account", 401);
        await ChangeAsync(Basic(app, "alice", password), password, "a better password", 204);
        await ApiApp.PostAsync(app.Superuser, Users + "/alice/password", new { password = "eightchr", mustChangePassword = false });
        Assert.False((await ApiApp.GetAsync(Basic(app, "alice", "eightchr"), "/api/v1/account")).GetProperty("mustChangePassword").GetBoolean());
    }

    [Fact]
    public async Task A_change_takes_effect_at_once_on_tokens_too()
    {
        await using var app = await ApiApp.StartAsync();
        await ApiApp.GetAsync(app.Alice, Users, 403);
        Assert.Equal("superuser", (await PatchAsync(app.Superuser, "alice", new { role = "superuser" })).GetProperty("role").GetString());
        await ApiApp.GetAsync(app.Alice, Users);
        await PatchAsync(app.Superuser, "alice", new { disabled = true });
        await ApiApp.GetAsync(app.Alice, "/api/v1/account", 403);
        await PatchAsync(app.Superuser, "alice", new { disabled = false, role = "user" });
        await ApiApp.GetAsync(app.Alice, "/api/v1/account");
        await ApiApp.GetAsync(app.Alice, Users, 403);
    }

    [Fact]
    public async Task Limits_are_changed_as_a_whole_and_the_rest_stays()
    {
        await using var app = await ApiApp.StartAsync();
        await PatchAsync(app.Superuser, "alice", new { limits = new { nodes = 1, duration = 60 } });
        var changed = await PatchAsync(app.Superuser, "alice", new { limits = new { duration = 30 } });
        Assert.Equal("""{"duration":30}""", changed.GetProperty("limits").GetRawText());
        Assert.Equal("user", changed.GetProperty("role").GetString());
        Assert.Equal("""{"duration":30}""", (await PatchAsync(app.Superuser, "alice", new { role = "viewer" })).GetProperty("limits").GetRawText());
        Assert.Equal("""{"duration":30}""", (await ApiApp.GetAsync(app.Alice, "/api/v1/account")).GetProperty("limits").GetRawText());
    }

    [Fact]
    public async Task A_change_of_what_was_changed_meanwhile_is_refused_on_request()
    {
        await using var app = await ApiApp.StartAsync();
        var seen = (await app.Superuser.GetAsync(Users + "/alice", Token)).Headers.ETag!;
        await PatchAsync(app.Superuser, "alice", new { role = "viewer" });
        await PatchAsync(app.Superuser, "alice", new { role = "operator" }, 412, seen);
        var now = (await app.Superuser.GetAsync(Users + "/alice", Token)).Headers.ETag!;
        Assert.NotEqual(seen, now);
        await PatchAsync(app.Superuser, "alice", new { role = "operator" }, 200, now);
    }

    [Theory]
    [InlineData("""{"name":"a b"}""", "name")]
    [InlineData("""{"name":"carol","role":"king"}""", "role")]
    [InlineData("""{"name":"carol","role":"Superuser"}""", "role")]
    [InlineData("""{"name":"carol","password":"short"}""", "password")]
    [InlineData("""{"name":"carol","limits":{"nodes":0}}""", "limits.nodes")]
    [InlineData("""{"name":"carol","limits":{"node":1}}""", "limits.node")]
    [InlineData("""{"name":"carol","isSuperuser":true}""", "isSuperuser")]
    [InlineData("""{"role":"user"}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    public async Task What_is_wrong_with_a_new_account_is_said_by_member(string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.ReadAsync(await app.Superuser.PostAsync(Users, new StringContent(body, new MediaTypeHeaderValue("application/json")), Token), 400);
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Two_who_make_the_same_account_at_once_make_one()
    {
        await using var app = await ApiApp.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Superuser.PostAsJsonAsync(Users, new { name = "carol", password = "eightchr" }, Token)));
        Assert.Equal([201, 409, 409, 409, 409, 409, 409, 409], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task Only_superusers_see_or_change_accounts()
    {
        await using var app = await ApiApp.StartAsync();
        foreach (var client in (HttpClient[])[app.Alice, app.Viewer, app.Operator])
        {
            await ApiApp.GetAsync(client, Users, 403);
            await ApiApp.GetAsync(client, Users + "/bob", 403);
            await ApiApp.PostAsync(client, Users, new { name = "carol" }, 403);
            await PatchAsync(client, "alice", new { role = "superuser" }, 403);
            await ApiApp.PostAsync(client, Users + "/bob/password", new { }, 403);
            await ApiApp.ReadAsync(await client.DeleteAsync(Users + "/bob", Token), 403);
        }
    }

    [Fact]
    public async Task The_list_comes_in_pages_and_by_role()
    {
        await using var app = await ApiApp.StartAsync();
        var first = await ApiApp.GetAsync(app.Superuser, Users + "?limit=3");
        Assert.Equal(["alice", "bob", "fluxuser"], Names(first));
        var second = await ApiApp.GetAsync(app.Superuser, $"{Users}?limit=3&after={first.GetProperty("next").GetString()}");
        Assert.Equal(["oscar", "vera"], Names(second));
        Assert.False(second.TryGetProperty("next", out _));
        Assert.Equal(["oscar"], Names(await ApiApp.GetAsync(app.Superuser, Users + "?role=operator")));
        Assert.Empty(Names(await ApiApp.GetAsync(app.Superuser, Users + "?disabled=true")));
        await ApiApp.GetAsync(app.Superuser, Users + "?limit=0", 400);
        await ApiApp.GetAsync(app.Superuser, Users + "?role=king", 400);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("POST", "/password")]
    [InlineData("DELETE", "")]
    public async Task An_unknown_account_is_not_found(string method, string more)
    {
        await using var app = await ApiApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{Users}/nobody{more}") { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) };
        var problem = await ApiApp.ReadAsync(await app.Superuser.SendAsync(request, Token), 404);
        Assert.Equal("urn:flux-restful:problem:unknown-user", problem.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("not the password", "another password", "currentPassword")]
    [InlineData(ApiApp.Password, "short", "newPassword")]
    [InlineData(ApiApp.Password, "alice1234567", "newPassword")]
    [InlineData(ApiApp.Password, ApiApp.Password, "newPassword")]
    public async Task A_bad_change_of_ones_own_password_changes_nothing(string current, string next, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ChangeAsync(app.Alice, current, next, 400);
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        await ApiApp.GetAsync(Basic(app, "alice", ApiApp.Password), "/api/v1/account");
    }

    [Fact]
    public async Task Trying_passwords_with_a_stolen_token_is_slowed_down()
    {
        await using var app = await ApiApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync(app.Alice, $"guess {i}", "another password", 400);
        }

        await ChangeAsync(app.Alice, "guess 6", "another password", 429);
    }

    [Fact]
    public async Task Nobody_gives_himself_a_role_by_the_way()
    {
        await using var app = await ApiApp.StartAsync();
        var response = await app.Alice.PutAsJsonAsync("/api/v1/account/password", new { currentPassword = ApiApp.Password, newPassword = "another password", role = "superuser" }, Token);
        await ApiApp.ReadAsync(response, 400);
        await ApiApp.GetAsync(app.Alice, Users, 403);
    }

    private static HttpClient Basic(ApiApp app, string name, string password) =>
        app.With(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{name}:{password}"))));

    private static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("name").GetString());

    private static async Task<JsonElement> ChangeAsync(HttpClient client, string current, string next, int status) => await ApiApp.ReadAsync(
        await client.PutAsJsonAsync("/api/v1/account/password", new { currentPassword = current, newPassword = next }, Token), status);

    private static async Task<JsonElement> PatchAsync(HttpClient client, string name, object change, int status = 200, EntityTagHeaderValue? seen = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Users}/{name}") { Content = JsonContent.Create(change) };
        if (seen is not null)
        {
            request.Headers.IfMatch.Add(seen);
        }

        return await ApiApp.ReadAsync(await client.SendAsync(request, Token), status);
    }
}
