using System.Net;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Access;

public sealed class SameOriginTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "Origin", "http://evil.example", false)]
    [InlineData("POST", "Origin", "null", false)]
    [InlineData("POST", "Origin", "http://localhost.evil.example", false)]
    [InlineData("POST", "Origin", "http://localhost:81", false)]
    [InlineData("DELETE", "Origin", "http://evil.example", false)]
    [InlineData("POST", "Sec-Fetch-Site", "cross-site", false)]
    [InlineData("POST", "Sec-Fetch-Site", "same-site", false)]
    [InlineData("POST", "Origin", "http://localhost", true)]
    [InlineData("POST", "Sec-Fetch-Site", "same-origin", true)]
    [InlineData("POST", "Sec-Fetch-Site", "none", true)]
    [InlineData("GET", "Sec-Fetch-Site", "cross-site", true)]
    [InlineData("POST", "X-Nothing", "", true)]
    public async Task Another_web_site_cannot_use_a_remembered_password(string method, string header, string value, bool passes)
    {
        await using var app = new TestApp();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/v1/somewhere");
        request.Headers.Add(header, value);
        var answer = await app.BasicClientFor(TestApp.Superuser, TestApp.SuperuserPassword).SendAsync(request, Token);
        Assert.Equal(passes ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_token_is_sent_on_purpose_wherever_the_page_is_from()
    {
        await using var app = new TestApp();
        var client = app.ClientFor(TestApp.Superuser);
        client.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example");
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/v1/somewhere", null, Token)).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost/", true)]
    [InlineData("http://127.0.0.1/", true)]
    [InlineData("http://[::1]/", true)]
    [InlineData("http://rebound.example/", false)]
    public async Task Without_authentication_a_strange_host_is_refused(string address, bool passes)
    {
        await using var app = new TestApp { Settings = { ["FLUX_REQUIRE_AUTH"] = "false" } };
        var answer = await app.Anonymous().GetAsync(address + "v1/somewhere", Token);
        Assert.Equal(passes ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
