using System.Net;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Access.Sessions;

public sealed class ViewAsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_superuser_sees_what_a_tenant_sees_changes_nothing_and_it_is_written_down()
    {
        await using var app = await ApiApp.StartAsync();
        await SubmitAsync(app.Alice, "job-of-alice");
        await SubmitAsync(app.Bob, "job-of-bob");
        var browser = new Browser(app.App);
        await browser.SignInAsync(TestApp.Superuser, TestApp.SuperuserPassword);
        Assert.Contains("job-of-bob", await TextAsync(browser, "/jobs?scope=all&state=all"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await browser.SendFormAsync("/admin/users/alice", "/admin/users/alice/view")).StatusCode);

        var jobs = await TextAsync(browser, "/jobs?scope=all&state=all");
        Assert.Contains("job-of-alice", jobs, StringComparison.Ordinal);
        Assert.DoesNotContain("job-of-bob", jobs, StringComparison.Ordinal);
        Assert.Contains("Nothing can be changed meanwhile", jobs, StringComparison.Ordinal);
        foreach (var path in (string[])["/admin/users", "/admin/system", "/admin/audit", "/jobs/submit"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(path)).StatusCode);
        }

        // Also what the tenant itself may do, through pages and through the API.
        foreach (var path in (string[])
            ["/jobs/submit", "/jobs/cancel", "/account/password", "/account/tokens", "/account/sign-out-everywhere", "/admin/users/bob/delete", "/api/v1/token/sign-out-everywhere"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SendFormAsync("/jobs", path)).StatusCode);
        }

        var audit = (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?action=view-as")).GetProperty("entries");
        Assert.Equal((TestApp.Superuser, "alice"), (audit[0].GetProperty("actor").GetString(), audit[0].GetProperty("target").GetString()));
        // And whatever was tried meanwhile is the superuser's doing.
        var denied = (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?action=access-denied")).GetProperty("entries");
        Assert.All(denied.EnumerateArray(), entry => Assert.Equal(TestApp.Superuser, entry.GetProperty("actor").GetString()));

        await browser.SendFormAsync("/jobs", "/ui/view-as/end");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/users")).StatusCode);
    }

    [Fact]
    public async Task The_cookie_is_good_for_no_other_session_and_no_other_role()
    {
        await using var app = await ApiApp.StartAsync();
        var browser = new Browser(app.App);
        await browser.SignInAsync(TestApp.Superuser, TestApp.SuperuserPassword);
        await browser.SendFormAsync("/admin/users/alice", "/admin/users/alice/view");
        var cookie = browser.Cookie(ViewAs.Cookie)!;

        var bob = new Browser(app.App);
        await bob.SignInAsync("bob", ApiApp.Password);
        bob.SetCookie(ViewAs.Cookie, cookie);
        Assert.Contains("Signed in as bob", await TextAsync(bob, "/jobs"), StringComparison.Ordinal);
        bob.SetCookie(ViewAs.Cookie, "forged");
        Assert.Contains("Signed in as bob", await TextAsync(bob, "/jobs"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.SendFormAsync("/jobs", "/admin/users/alice/view")).StatusCode);
    }

    private static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(Token);

    private static async Task SubmitAsync(HttpClient client, string name) =>
        await ApiApp.PostAsync(client, "/api/v1/jobs", new { command = (string[])["true"], name }, 201);
}
