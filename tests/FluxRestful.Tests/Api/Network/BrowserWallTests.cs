using System.Net;
using FluxRestful.Api.Network;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Options;

namespace FluxRestful.Tests.Api.Network;

public sealed class BrowserWallTests
{
    private const string Portal = "https://portal.example.org";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health")]
    [InlineData("/v1/x")]
    [InlineData("/docs/index.html")]
    public async Task Every_answer_forbids_sniffing_framing_referrers_and_devices(string path)
    {
        await using var app = new TestApp();
        var headers = (await app.Anonymous().GetAsync(path, Token)).Headers;
        Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.False(headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Behind_TLS_browsers_are_told_to_stay_there()
    {
        await using var app = new TestApp { ConfigureServices = RemoteAddress.Add, Settings = { ["Network:KnownProxies:0"] = "10.1.2.3" } };
        Assert.Equal("max-age=31536000", Assert.Single((await GetAsync(app, "10.1.2.3")).Headers.GetValues("Strict-Transport-Security")));
        // Anybody can say https.
        Assert.False((await GetAsync(app, "192.0.2.1")).Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("flux.example.org", 200)]
    [InlineData("FLUX.example.org", 200)]
    [InlineData("a.b.wild.example.org", 200)]
    [InlineData("wild.example.org", 400)]
    [InlineData("evil-flux.example.org", 400)]
    [InlineData("flux.example.org.evil.example", 400)]
    [InlineData("127.0.0.1", 400)]
    public async Task Only_the_allowed_names_are_answered_to(string host, int status)
    {
        await using var app = new TestApp { Settings = { ["Network:AllowedHosts:0"] = "flux.example.org", ["Network:AllowedHosts:1"] = "*.wild.example.org" } };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/health") { Headers = { Host = host } };
        Assert.Equal(status, (int)(await app.Anonymous().SendAsync(request, Token)).StatusCode);
        using var health = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = host } };
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous().SendAsync(health, Token)).StatusCode);
    }

    [Fact]
    public async Task Other_web_sites_are_allowed_nothing_unless_they_are_named()
    {
        await using var app = new TestApp();
        var answer = await AskFirstAsync(app, Portal);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_named_web_site_may_use_the_server_with_a_token_and_no_other_may()
    {
        await using var app = new TestApp { Settings = { ["Network:AllowedOrigins:0"] = Portal } };
        var allowed = await AskFirstAsync(app, Portal);
        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Equal(Portal, Assert.Single(allowed.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(allowed.Headers.Contains("Access-Control-Allow-Credentials"));
        foreach (var other in new[] { "https://evil.example", "https://portal.example.org.evil.example", "http://portal.example.org", "null" })
        {
            Assert.False((await AskFirstAsync(app, other)).Headers.Contains("Access-Control-Allow-Origin"), other);
        }

        // What a browser remembers by itself is not for it all the same.
        await app.AddTenantAsync("alice", "password");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs/submit?command=id") { Headers = { { "Origin", Portal }, { "Sec-Fetch-Site", "cross-site" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await app.BasicClientFor("alice", "password").SendAsync(request, Token)).StatusCode);
    }

    [Fact]
    public async Task Below_a_path_of_a_proxys_everything_is_found()
    {
        await using var app = new TestApp { Settings = { ["Network:PathBase"] = "/flux" } };
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous().GetAsync("/flux/docs/index.html", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous().GetAsync("/flux/api/v1/health", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous().GetAsync("/flux/health", Token)).StatusCode);
    }

    [Theory]
    [InlineData("KnownProxies", "proxy.example.org")]
    [InlineData("AllowedHosts", "*")]
    [InlineData("AllowedHosts", "flux.example.org:443")]
    [InlineData("AllowedOrigins", "*")]
    [InlineData("AllowedOrigins", "https://*.example.org")]
    [InlineData("AllowedOrigins", "https://portal.example.org/")]
    [InlineData("AllowedOrigins", "portal.example.org")]
    public void What_cannot_be_meant_stops_the_start_by_name(string name, string value)
    {
        var options = new NetworkOptions();
        (name switch { "KnownProxies" => options.KnownProxies, "AllowedHosts" => options.AllowedHosts, _ => options.AllowedOrigins }).Add(value);
        var result = new NetworkOptionsValidator().Validate(Options.DefaultName, options);
        Assert.StartsWith($"Network:{name}: '{value}'", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> GetAsync(TestApp app, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { { RemoteAddress.Header, from }, { "X-Forwarded-For", "198.51.100.1" }, { "X-Forwarded-Proto", "https" } } };
        return await app.Anonymous().SendAsync(request, Token);
    }

    private static async Task<HttpResponseMessage> AskFirstAsync(TestApp app, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v1/jobs")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "GET" }, { "Access-Control-Request-Headers", "authorization" } },
        };
        return await app.Anonymous().SendAsync(request, Token);
    }
}
