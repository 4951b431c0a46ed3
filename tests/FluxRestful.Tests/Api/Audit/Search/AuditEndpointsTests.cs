using System.Net;
using System.Text.Json;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Audit.Search;

public sealed class AuditEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submit_and_a_cancel_are_found_with_who_did_them()
    {
        await using var app = await ApiApp.StartAsync();
        var submitted = await ApiApp.ReadAsync(await app.Alice.PostAsync("/v1/jobs/submit?command=sleep+60", null, Token), 200);
        await app.Alice.PostAsync($"/v1/jobs/{submitted.GetProperty("id")}/cancel", null, Token);
        var entries = await ListAsync(app, "?actor=alice");
        Assert.Equal(["job-cancel", "job-submit"], entries.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(entries[0].GetProperty("target").GetString(), entries[1].GetProperty("target").GetString());
        Assert.StartsWith("f", entries[0].GetProperty("target").GetString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync(app, "?actor=bob"));
    }

    [Fact]
    public async Task Failed_and_good_sign_ins_are_told_apart_and_no_password_is_kept_even_in_the_wrong_field()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.BasicClientFor("alice", "hush-hush").GetAsync("/v1/jobs", Token);
        await app.App.BasicClientFor("hush-hush", "alice").GetAsync("/v1/jobs", Token);
        await app.App.BasicClientFor("alice", ApiApp.Password).GetAsync("/v1/jobs", Token);
        var entries = await ListAsync(app, "?action=sign-in");
        Assert.Equal(
            [("alice", "alice", "done"), ("(nobody)", null, "refused"), ("(nobody)", "alice", "refused")],
            entries.Select(entry => (Text(entry, "actor"), Text(entry, "target"), Text(entry, "result"))));
        Assert.DoesNotContain("hush", await File.ReadAllTextAsync(Path.Combine(app.App.DataDirectory, "audit.jsonl"), Token), StringComparison.Ordinal);
        Assert.DoesNotContain(ApiApp.Password, await File.ReadAllTextAsync(Path.Combine(app.App.DataDirectory, "audit.jsonl"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        await using var app = await ApiApp.StartAsync();
        for (var number = 0; number < 5; number++)
        {
            await app.App.AddTenantAsync($"tenant{number}", "password");
        }

        var targets = new List<string?>();
        var cursor = "";
        do
        {
            var page = await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?action=tenant-add&limit=2" + cursor);
            Assert.InRange(page.GetProperty("entries").GetArrayLength(), 1, 2);
            targets.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => Text(entry, "target")));
            cursor = page.TryGetProperty("next", out var next) ? "&cursor=" + next.GetString() : null;
        }
        while (cursor is not null);
        // Five of here, four of the app's own, the superuser.
        Assert.Equal(10, targets.Count);
        Assert.Equal(10, targets.Distinct().Count());
        Assert.Equal("tenant4", targets[0]);
        Assert.Equal(TestApp.Superuser, targets[^1]);
    }

    [Fact]
    public async Task Every_filter_narrows()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.AddTenantAsync("carol", "password");
        await app.App.BasicClientFor("carol", "wrong").GetAsync("/v1/jobs", Token);
        var carol = Assert.Single(await ListAsync(app, "?target=carol&action=tenant-add"));
        Assert.Single(await ListAsync(app, "?target=carol&result=refused"));
        Assert.All(await ListAsync(app, "?actor=(local)"), entry => Assert.Equal("(local)", Text(entry, "actor")));
        Assert.Empty(await ListAsync(app, "?address=192.0.2.1"));
        var at = Uri.EscapeDataString(carol.GetProperty("at").GetString()!);
        Assert.NotEmpty(await ListAsync(app, $"?target=carol&action=tenant-add&since={at}"));
        Assert.Empty(await ListAsync(app, $"?target=carol&action=tenant-add&until={at}"));
    }

    [Theory]
    [InlineData("action=reboot", "action")]
    [InlineData("action=3", "action")]
    [InlineData("result=ok", "result")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("cursor=-1", "cursor")]
    [InlineData("cursor=x'%20OR%201=1", "cursor")]
    [InlineData("since=yesterday", "since")]
    public async Task What_cannot_be_meant_is_refused_by_its_name(string query, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?" + query, 400);
        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task Only_superusers_may_look()
    {
        await using var app = await ApiApp.StartAsync();
        foreach (var client in new[] { app.Alice, app.Viewer, app.Operator })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/audit", Token)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.With(null).GetAsync("/api/v1/audit", Token)).StatusCode);
    }

    private static async Task<List<JsonElement>> ListAsync(ApiApp app, string query) =>
        [.. (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit" + query)).GetProperty("entries").EnumerateArray()];

    private static string? Text(JsonElement entry, string member) => entry.TryGetProperty(member, out var value) ? value.GetString() : null;
}
