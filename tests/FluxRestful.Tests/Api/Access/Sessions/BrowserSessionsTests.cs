using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Access.Sessions;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Access.Sessions;

public sealed class BrowserSessionsTests
{
    private const string Password = "a password of length";
    private const string Somewhere = "/logout";
    private const string Path = "/api/v1/account/sessions";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_session_that_was_signed_out_is_over_after_a_restart_and_at_a_replica_too()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-test-");
        try
        {
            var kept = System.IO.Path.Combine(data.FullName, "data");
            string copy;
            await using (var first = new TestApp { KeptDataDirectory = kept })
            {
                var browser = await SignedInAsync(first, "alice");
                copy = browser.Cookie(SessionCookie.Name)!;
                await browser.SendFormAsync(Somewhere, "/logout");
                await using var replica = new TestApp { KeptDataDirectory = kept };
                Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookie(replica, copy).GetAsync(Somewhere)).StatusCode);
            }

            await using var second = new TestApp { KeptDataDirectory = kept };
            Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookie(second, copy).GetAsync(Somewhere)).StatusCode);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_tenant_sees_its_own_sessions_and_ends_one_or_the_others_or_all()
    {
        await using var app = new TestApp { Time = _time };
        var first = await SignedInAsync(app, "alice");
        _time.Advance(TimeSpan.FromHours(1));
        var second = new Browser(app);
        await second.SignInAsync("alice", Password);
        var third = new Browser(app);
        await third.SignInAsync("alice", Password);
        var bob = await SignedInAsync(app, "bob");

        // The list says who asks, and when each was last seen without a word to the database.
        _time.Advance(TimeSpan.FromSeconds(10));
        var list = await ListAsync(second);
        Assert.Equal(3, list.Count);
        var current = Assert.Single(list, session => session.GetProperty("current").GetBoolean());
        Assert.Equal(list[0].GetRawText(), current.GetRawText());
        Assert.Equal(_time.GetUtcNow(), current.GetProperty("lastSeenAt").GetDateTimeOffset());
        Assert.Equal(_time.GetUtcNow().AddSeconds(-10), current.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal(_time.GetUtcNow().AddHours(-1).AddSeconds(-10), list[^1].GetProperty("createdAt").GetDateTimeOffset());

        var alice = app.ClientFor("alice");
        var theirs = (await ListAsync(bob))[0].GetProperty("id").GetInt32();
        Assert.Equal(404, await DeleteAsync(alice, $"{Path}/{theirs}"));
        Assert.Equal(204, await DeleteAsync(alice, $"{Path}/{list[^1].GetProperty("id").GetInt32()}"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await first.GetAsync(Somewhere)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await second.DeleteAsync(Path + "?others=true")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await third.GetAsync(Somewhere)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync(Somewhere)).StatusCode);

        Assert.Equal(204, await DeleteAsync(alice, Path));
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(Somewhere)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync(Somewhere)).StatusCode);
        await app.Services.GetRequiredService<AuditLog>().FlushAsync(TestContext.Current.CancellationToken);
        await using var db = app.OpenDatabase();
        Assert.Equal(
            [$"session {list[^1].GetProperty("id").GetInt32()}", "all other sessions", "all sessions"],
            db.AuditRecords.Where(row => row.Action == "sign-out" && row.Target == "alice").OrderBy(row => row.Id).Select(row => row.Detail));
    }

    [Fact]
    public async Task Whoever_signs_in_gets_a_new_session_and_the_one_that_the_browser_had_ends()
    {
        await using var app = new TestApp();
        var browser = await SignedInAsync(app, "alice");
        var planted = browser.Cookie(SessionCookie.Name)!;
        await app.AddTenantAsync("bob", Password);
        await browser.SignInAsync("bob", Password);
        Assert.Equal(HttpStatusCode.Unauthorized, (await WithCookie(app, planted).GetAsync(Somewhere)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Somewhere)).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_nobody_uses_it_and_after_its_days_however_much_it_is_used()
    {
        await using var app = new TestApp { Time = _time };
        app.Settings["Tokens:SessionDays"] = "2";
        var idle = await SignedInAsync(app, "alice");
        var used = await SignedInAsync(app, "bob");
        for (var hours = 0; hours < 40; hours += 5)
        {
            Assert.Equal(HttpStatusCode.OK, (await used.GetAsync(Somewhere)).StatusCode);
            _time.Advance(TimeSpan.FromHours(5));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await idle.GetAsync(Somewhere)).StatusCode);
        Assert.Empty(await ListAsync(app.ClientFor("alice")));
        Assert.Equal(HttpStatusCode.OK, (await used.GetAsync(Somewhere)).StatusCode);
        _time.Advance(TimeSpan.FromHours(8));
        Assert.Equal(HttpStatusCode.Unauthorized, (await used.GetAsync(Somewhere)).StatusCode);
    }

    [Fact]
    public async Task A_tenant_has_no_more_than_a_hundred_and_the_one_seen_longest_ago_ends()
    {
        await using var app = new TestApp { Time = _time };
        var browser = await SignedInAsync(app, "alice");
        var sessions = app.Services.GetRequiredService<BrowserSessions>();
        var tenant = (await app.Services.GetRequiredService<TenantDirectory>().FindAsync("alice", TestContext.Current.CancellationToken))!;
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var more = 0; more < BrowserSessions.MostOfTenant; more++)
        {
            await sessions.BeginAsync(tenant, null, null, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Somewhere)).StatusCode);
        Assert.Equal(BrowserSessions.MostOfTenant, (await sessions.ListAsync(tenant.Id, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task When_a_tenant_and_a_session_were_last_seen_is_written_once_a_minute_and_never_by_a_request()
    {
        await using var app = new TestApp { Time = _time };
        var browser = await SignedInAsync(app, "alice");
        var superuser = app.BasicClientFor(TestApp.Superuser, TestApp.SuperuserPassword);
        _time.Advance(TimeSpan.FromSeconds(5));
        await browser.GetAsync(Somewhere);
        Assert.Null(await StoredAsync(app));
        Assert.Equal(_time.GetUtcNow(), await ShownAsync(superuser));

        var seen = _time.GetUtcNow();
        _time.Advance(LastSeen.Interval);
        await Eventually.TrueAsync(async () => await StoredAsync(app) is not null, TestContext.Current.CancellationToken);
        Assert.Equal(seen, await StoredAsync(app));
        Assert.Equal(seen, await ShownAsync(superuser));
        await using var db = app.OpenDatabase();
        Assert.Equal(seen, db.BrowserSessions.Single().LastSeenAt);
        // What nobody decided is no change of the account.
        Assert.Equal(1, db.Tenants.Single(row => row.Name == "alice").Version);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData("a\u001b[31mred", "a\ufffd[31mred")]
    [InlineData(" ", null)]
    [InlineData(null, null)]
    public void A_browser_is_named_in_a_few_words(string? userAgent, string? name) => Assert.Equal(name, BrowserName.Of(userAgent));

    [Fact]
    public void A_browser_that_says_much_is_cut_short() => Assert.Equal(BrowserName.Longest, BrowserName.Of(new string('x', 10_000))!.Length);

    private static async Task<Browser> SignedInAsync(TestApp app, string name)
    {
        await app.AddTenantAsync(name, Password);
        var browser = new Browser(app);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignInAsync(name, Password)).StatusCode);
        return browser;
    }

    private static Browser WithCookie(TestApp app, string cookie)
    {
        var browser = new Browser(app);
        browser.SetCookie(SessionCookie.Name, cookie);
        return browser;
    }

    private static async Task<List<JsonElement>> ListAsync(Browser browser) => Sessions(await (await browser.GetAsync(Path)).Content.ReadAsStringAsync());

    private static async Task<List<JsonElement>> ListAsync(HttpClient client) => Sessions(await client.GetStringAsync(Path, TestContext.Current.CancellationToken));

    private static List<JsonElement> Sessions(string text) => [.. JsonElement.Parse(text).GetProperty("sessions").EnumerateArray()];

    private static async Task<int> DeleteAsync(HttpClient client, string path) =>
        (int)(await client.DeleteAsync(path, TestContext.Current.CancellationToken)).StatusCode;

    private static async Task<DateTimeOffset?> StoredAsync(TestApp app)
    {
        await using var db = app.OpenDatabase();
        return (await db.Tenants.AsNoTracking().SingleAsync(row => row.Name == "alice", TestContext.Current.CancellationToken)).LastSeenAt;
    }

    private static async Task<DateTimeOffset?> ShownAsync(HttpClient superuser) =>
        (await superuser.GetFromJsonAsync<JsonElement>("/api/v1/users/alice", TestContext.Current.CancellationToken)).GetProperty("lastSeenAt").GetDateTimeOffset();
}
