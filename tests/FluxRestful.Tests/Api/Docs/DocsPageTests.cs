using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Api.Docs;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Docs;

public sealed class DocsPageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_and_everything_on_it_come_from_this_server()
    {
        await using var app = new TestApp();
        var client = app.Anonymous();
        var redirect = await client.GetAsync("/docs", Token);
        Assert.Equal("docs/index.html", redirect.Headers.Location!.ToString());

        var page = await client.GetAsync("/docs/index.html", Token);
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);
        var html = await page.Content.ReadAsStringAsync(Token);
        var assets = Regex.Matches(html, "(?:src|href)=[\"']([^\"']+)[\"']").Select(match => match.Groups[1].Value).ToList();
        Assert.Contains("./swagger-ui-bundle.js", assets);
        foreach (var asset in assets)
        {
            Assert.DoesNotContain("//", asset, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/docs/" + asset, Token)).StatusCode);
        }

        Assert.Contains($"/openapi/{DocsPage.RestfulName}.json", await client.GetStringAsync("/docs/index.js", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_may_run_scripts_of_this_server_only()
    {
        await using var app = new TestApp();
        var page = await app.Anonymous().GetAsync("/docs/index.html", Token);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*unsafe", policy);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        // What that policy would stop.
        var html = await page.Content.ReadAsStringAsync(Token);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch(@"\son\w+=", html);
    }

    [Fact]
    public async Task The_document_offers_both_ways_to_sign_in_and_words_from_the_code()
    {
        await using var app = new TestApp();
        using var document = JsonDocument.Parse(await app.Anonymous().GetStringAsync($"/openapi/{DocsPage.RestfulName}.json", Token));
        var schemes = document.RootElement.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal(["basic", "bearer"], schemes.EnumerateObject().Select(scheme => scheme.Value.GetProperty("scheme").GetString()).Order());
        Assert.Equal(2, document.RootElement.GetProperty("security").GetArrayLength());
        var login = document.RootElement.GetProperty("paths").GetProperty("/v1/login/access-token").GetProperty("post");
        Assert.StartsWith("An access token", login.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, login.GetProperty("security").GetArrayLength());
        Assert.True(login.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/x-www-form-urlencoded", out _));
    }

    [Fact]
    public async Task An_unknown_document_is_not_found()
    {
        await using var app = new TestApp();
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous().GetAsync("/openapi/nothing.json", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Anonymous().GetAsync("/docs/nothing.js", Token)).StatusCode);
    }
}
