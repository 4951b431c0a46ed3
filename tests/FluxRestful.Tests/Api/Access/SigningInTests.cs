using System.Net;
using System.Net.Http.Headers;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Access;

public sealed class SigningInTests
{
    // No such route: whoever is let in is told so, and nobody else.
    private const string Somewhere = "/v1/somewhere";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_and_password_let_their_tenant_in()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", "pass:word");
        Assert.Equal(HttpStatusCode.NotFound, (await app.BasicClientFor("alice", "pass:word").GetAsync(Somewhere, Token)).StatusCode);
        await SaysAsync(app.BasicClientFor("alice", "wrong"), 401, "Incorrect user or token.", "Bearer");
        await SaysAsync(app.BasicClientFor("nobody", "wrong"), 401, "Incorrect user or token.", "Bearer");
        await app.Services.GetRequiredService<TenantAccounts>().SetDisabledAsync("alice", true, Token);
        await SaysAsync(app.BasicClientFor("alice", "pass:word"), 400, "Inactive user", "");
    }

    [Fact]
    public async Task Nobody_is_let_in_without_credentials()
    {
        await using var app = new TestApp();
        await SaysAsync(app.Anonymous(), 401, "Not authenticated", "Bearer");
        await SaysAsync(app.With("Digest", "username=alice"), 401, "Not authenticated", "Bearer");
        await SaysAsync(app.With("Basic", "garbage"), 401, "Invalid authentication credentials", "Bearer");
    }

    [Fact]
    public async Task A_huge_authorization_header_is_refused_like_any_other()
    {
        await using var app = new TestApp();
        await SaysAsync(app.With("Basic", new string('A', 30_000)), 401, "Invalid authentication credentials", "Bearer");
        await SaysAsync(app.With("Bearer", new string('A', 30_000)), 403, "Could not validate credentials", "");
    }

    [Theory]
    [InlineData("text/html,*/*", null, true)]
    [InlineData("text/html,*/*", "navigate", true)]
    [InlineData("text/html,*/*", "cors", false)]
    [InlineData("*/*", "navigate", false)]
    [InlineData("application/json", null, false)]
    public async Task A_browser_asks_its_user_only_where_he_looks(string accept, string? mode, bool asks)
    {
        await using var app = new TestApp();
        using var request = new HttpRequestMessage(HttpMethod.Get, Somewhere);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (mode is not null)
        {
            request.Headers.Add("Sec-Fetch-Mode", mode);
        }

        var answer = await app.Anonymous().SendAsync(request, Token);
        Assert.Equal(asks ? ["Bearer", "Basic"] : ["Bearer"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Fact]
    public async Task With_authentication_off_everyone_is_the_flux_user()
    {
        await using var app = new TestApp { Settings = { ["FLUX_REQUIRE_AUTH"] = "false" } };
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous().GetAsync(Somewhere, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.With("Bearer", "garbage").GetAsync(Somewhere, Token)).StatusCode);
        Assert.Contains("Require auth: False", app.Console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_are_no_way_into_headers_or_the_database()
    {
        await using var app = new TestApp();
        foreach (var name in new[] { "a\r\nX-Evil: 1", "' or 1=1 --", "..", "fluxuser\0", "ｆluxuser", new string('a', 65) })
        {
            var answer = await app.BasicClientFor(name, TestApp.SuperuserPassword).GetAsync(Somewhere, Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.False(answer.Headers.Contains("X-Evil"));
        }
    }

    [Fact]
    public async Task Two_authorization_headers_are_not_one()
    {
        await using var app = new TestApp();
        var client = app.ClientFor(TestApp.Superuser);
        var good = client.DefaultRequestHeaders.Authorization!.ToString();
        client.DefaultRequestHeaders.Remove("Authorization");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", [good, new AuthenticationHeaderValue("Bearer", "x").ToString()]);
        await SaysAsync(client, 403, "Could not validate credentials", "");
    }

    private static async Task SaysAsync(HttpClient client, int status, string detail, string challenge)
    {
        var answer = await client.GetAsync(Somewhere, Token);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal($$"""{"detail":"{{detail}}"}""", await answer.Content.ReadAsStringAsync(Token));
        Assert.Equal(challenge, answer.Headers.WwwAuthenticate.ToString());
    }
}
