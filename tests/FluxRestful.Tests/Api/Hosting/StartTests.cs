using System.Net;
using System.Text.RegularExpressions;
using FluxRestful.Api.Access;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FluxRestful.Tests.Api.Hosting;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_banner_says_what_the_server_is_and_no_secret()
    {
        await using var app = new TestApp();
        await app.Anonymous().GetAsync("/health", Token);
        var said = app.Console.ToString().Split(Environment.NewLine).Select(line => line.Trim()).ToList();
        Assert.Equal(
            ["Require auth: True", "Server mode: single-user", "Secret key ********", "Flux user: ********", "Flux token: ********"], said[..5]);
        Assert.Contains($"Database: {app.DataDirectory}/flux-restful.db", said);
        Assert.Contains(said, line => line.StartsWith("Address:", StringComparison.Ordinal));
        Assert.DoesNotContain(TestApp.SecretKey, app.Console.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestApp.SuperuserPassword, app.Console.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "true", "curl -u fluxuser -X POST 'http://127.0.0.1:")]
    [InlineData("0.0.0.0", "true", "curl -u fluxuser -X POST 'http://127.0.0.1:")]
    [InlineData("127.0.0.1", "false", "curl -X POST 'http://127.0.0.1:")]
    public async Task A_first_job_to_paste_names_the_real_address_and_user(string host, string auth, string expected)
    {
        await using var server = ServerProcess.Start(("HOST", host), ("FLUX_REQUIRE_AUTH", auth));
        await server.ReadyAsync(Token);
        var job = await server.ReadUntilAsync("-X POST", Token);
        Assert.StartsWith(expected, job.Trim(), StringComparison.Ordinal);
        Assert.EndsWith($":{server.Address.Port}/v1/jobs/submit?command=echo+hello+world'", job, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_password_is_said_once_and_works()
    {
        await using var app = new TestApp { Settings = { ["FLUX_TOKEN"] = null, ["Users:0:Name"] = "peenut", ["Users:1:Name"] = "bob", ["Users:1:Password"] = "chosen" } };
        Assert.Equal(HttpStatusCode.NotFound, (await app.BasicClientFor("bob", "chosen").GetAsync("/v1/x", Token)).StatusCode);
        var said = Regex.Matches(app.Console.ToString(), "^Adding '(.*)' with password '(.*)'\r?$", RegexOptions.Multiline);
        Assert.Equal([TestApp.Superuser, "peenut"], said.Select(match => match.Groups[1].Value));
        Assert.All(said, match => Assert.Matches("^[A-Za-z0-9]{24}$", match.Groups[2].Value));
        Assert.NotEqual(said[0].Groups[2].Value, said[1].Groups[2].Value);
        foreach (Match match in said)
        {
            var client = app.BasicClientFor(match.Groups[1].Value, match.Groups[2].Value);
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/x", Token)).StatusCode);
        }

        using var db = app.OpenDatabase();
        Assert.Equal([TestApp.Superuser], db.Tenants.Where(tenant => tenant.Role == Role.Superuser).Select(tenant => tenant.Name).ToList());
    }

    [Fact]
    public async Task Who_is_under_way_at_the_end_gets_five_seconds()
    {
        await using var app = new TestApp();
        Assert.Equal(TimeSpan.FromSeconds(5), app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
    }

    [Fact]
    public async Task Health_tells_everyone_that_all_is_well_and_nothing_more()
    {
        await using var app = new TestApp();
        var answer = await app.Anonymous().GetAsync("/health", Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Matches("""^\{"status":"(ok|degraded)"\}$""", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task The_top_asks_a_browser_who_it_is_and_shows_the_form_to_whoever_does_not_say()
    {
        await using var app = new TestApp();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "text/html");
        var answer = await app.Anonymous().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Basic", answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        Assert.Contains("<form method=\"post\" action=\"/login\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; script-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_site_wants_the_form_only_a_page_does_not_ask_for_basic()
    {
        await using var app = new TestApp { Settings = { ["BrowserLogin"] = "form" } };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept", "text/html");
        var answer = await app.Anonymous().SendAsync(request, Token);
        Assert.Equal(["Bearer"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful()
    {
        await using var app = new TestApp();
        foreach (var path in new[] { "/health", "/v1/x", "/elsewhere" })
        {
            var answer = await app.Anonymous().GetAsync(path, Token);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }
}
