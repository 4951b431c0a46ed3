using System.Net;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Access.Sessions;

public sealed class SessionTests
{
    private const string Password = "a password of length";
    private const string Somewhere = "/logout";

    [Fact]
    public async Task The_form_makes_a_session_that_opens_pages_and_interfaces()
    {
        await using var app = new TestApp();
        var browser = await SignedInAsync(app);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Somewhere)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/v1/nothing")).StatusCode);
    }

    [Theory]
    [InlineData("/jobs?state=failed", "/jobs?state=failed")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/logout", "/")]
    public async Task After_the_form_one_is_only_ever_led_to_this_server(string asked, string led)
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", Password);
        var answer = await new Browser(app).SignInAsync("alice", Password, asked);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(led, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_disabled_tenant_and_a_new_password_end_every_session_at_once()
    {
        await using var app = new TestApp();
        var accounts = app.Services.GetRequiredService<TenantAccounts>();
        var browser = await SignedInAsync(app);
        await accounts.SetDisabledAsync("alice", true, CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Somewhere)).StatusCode);
        await accounts.SetDisabledAsync("alice", false, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Somewhere)).StatusCode);
        await accounts.SetPasswordAsync("alice", "another password", CancellationToken.None);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Somewhere)).StatusCode);
    }

    [Fact]
    public async Task P24_a_session_that_was_signed_out_is_over_for_every_copy_of_its_cookie()
    {
        await using var app = new TestApp();
        var browser = await SignedInAsync(app);
        var copy = browser.Cookie(SessionCookie.Name)!;
        var answer = await browser.SendFormAsync(Somewhere, "/logout");
        Assert.Equal("\"cookies\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));

        var thief = new Browser(app);
        thief.SetCookie(SessionCookie.Name, copy);
        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync(Somewhere)).StatusCode);
    }

    [Fact]
    public async Task No_page_that_was_seen_before_is_kept_for_whoever_goes_back_after_the_sign_out()
    {
        await using var app = new TestApp();
        var browser = await SignedInAsync(app);
        foreach (var page in (string[])["/account", Somewhere, "/login", "/api/v1/account"])
        {
            var answer = await browser.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.NoStore, page);
        }

        Assert.True((await browser.SendFormAsync(Somewhere, "/logout")).Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("CfDJ8garbage")]
    // A cookie in so many parts.
    [InlineData("chunks-2147483647")]
    [InlineData("chunks:1000000")]
    public async Task A_cookie_that_is_not_ours_opens_nothing(string value)
    {
        await using var app = new TestApp();
        var browser = new Browser(app);
        browser.SetCookie(SessionCookie.Name, value);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Somewhere)).StatusCode);
    }

    [Fact]
    public async Task P8_a_form_without_its_token_changes_nothing_even_with_name_and_password()
    {
        await using var app = new TestApp();
        await app.AddTenantAsync("alice", Password);
        using var form = new FormUrlEncodedContent([new("theme", "dark")]);
        var answer = await app.BasicClientFor("alice", Password).PostAsync("/ui/theme", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_outlives_the_server_and_what_seals_it_is_closed_to_others()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            string cookie;
            await using (var first = new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data") })
            {
                cookie = (await SignedInAsync(first)).Cookie(SessionCookie.Name)!;
            }

            var key = Assert.Single(Directory.GetFiles(Path.Combine(data.FullName, "data"), "cookies-*.key"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
            await using var second = new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data") };
            var browser = new Browser(second);
            browser.SetCookie(SessionCookie.Name, cookie);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Somewhere)).StatusCode);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<Browser> SignedInAsync(TestApp app)
    {
        await app.AddTenantAsync("alice", Password);
        var browser = new Browser(app);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync("alice", Password)).StatusCode);
        return browser;
    }
}
