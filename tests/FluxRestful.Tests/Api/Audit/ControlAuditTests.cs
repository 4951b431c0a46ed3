using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Audit;

/// <summary>Who did what to which job, and who was turned away, as <c>GET /api/v1/audit</c> tells it.</summary>
public sealed class ControlAuditTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_done_to_a_running_job_is_told_and_not_what_its_owner_noted()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&runtime=30");
        await PostAsync(app.Alice, id, "signal", new { signal = "CONT" });
        await PostAsync(app.Alice, id, "update", new { duration = "+30" });
        await PostAsync(app.Alice, id, "memo", new { note = "hush-hush" });
        await PostAsync(app.Operator, id, "update", new { duration = "90" });
        await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync(
            "alice", new TenantChange { Limits = _ => new TenantLimits { Duration = 60 } }, null, null, Token);
        await PostAsync(app.Alice, id, "update", new { duration = "0" }, 403);
        await PostAsync(app.Bob, id, "signal", new { signal = "KILL" }, 404);

        Assert.Equal(
            [
                ("alice", "job-submit", "done", null), ("alice", "job-signal", "done", "signal=18"), ("alice", "job-update", "done", "duration=+30"),
                ("alice", "job-memo", "done", null), ("oscar", "job-update", "done", "duration=90"), ("alice", "job-update", "refused", "duration=0"),
                ("bob", "access-denied", "refused", "somebody else's job"),
            ],
            (await ListAsync(app, $"?target={id}")).Select(Told));
        Assert.DoesNotContain("hush", await File.ReadAllTextAsync(Path.Combine(app.App.DataDirectory, "audit.jsonl"), Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holding_and_releasing_are_told_by_the_urgency()
    {
        await using var app = await ApiApp.StartAsync();
        await SubmitAsync(app.Bob, "sleep 600", "RUN", $"&cores_per_task={Environment.ProcessorCount}");
        var id = await SubmitAsync(app.Alice, "sleep 600", "SCHED");
        await PostAsync(app.Alice, id, "hold", null);
        await PostAsync(app.Alice, id, "release", null);
        await PostAsync(app.Alice, id, "urgency", new { urgency = 7 });
        await PostAsync(app.Alice, id, "urgency", new { urgency = 17 }, 403);
        Assert.Equal(
            [("urgency=0", "done"), ("urgency=16", "done"), ("urgency=7", "done"), ("urgency=17", "refused")],
            (await ListAsync(app, $"?target={id}&action=job-urgency")).Select(entry => (Text(entry, "detail"), Text(entry, "result"))));
    }

    [Fact]
    public async Task What_is_done_to_many_is_told_of_each_and_a_dry_run_of_none()
    {
        const int jobs = 100;
        await using var app = await ApiApp.StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => SubmitAsync(app.Alice, "sleep 600")));
        var filter = new { owner = "alice" };
        await ApiApp.PostAsync(app.Operator, "/api/v1/jobs/cancel", new { filter, dryRun = true }, 207);
        Assert.Empty(await ListAsync(app, "?actor=oscar"));
        await ApiApp.PostAsync(app.Operator, "/api/v1/jobs/cancel", new { filter }, 207);
        var told = await ListAsync(app, "?actor=oscar&action=job-cancel");
        Assert.All(told, entry => Assert.Equal("done", Text(entry, "result")));
        Assert.Equal(ids.Order(), told.Select(entry => Text(entry, "target")!).Order());
    }

    [Fact]
    public async Task Who_comes_where_he_may_not_is_told_with_the_route()
    {
        await using var app = await ApiApp.StartAsync();
        await PostAsync(app.Viewer, "f1234", "signal", new { signal = "KILL" }, 403);
        await ApiApp.GetAsync(app.Alice, "/api/v1/users", 403);
        Assert.Equal(
            [("vera", "POST /api/v1/jobs/{id}/signal", "refused"), ("alice", "GET /api/v1/users", "refused")],
            (await ListAsync(app, "?action=access-denied")).Select(entry => (Text(entry, "actor"), Text(entry, "target"), Text(entry, "result"))));
    }

    [Fact]
    public async Task Who_looks_at_anothers_account_and_may_not_is_told_with_the_name_and_a_superusers_slip_is_not()
    {
        await using var app = await ApiApp.StartAsync();
        await ApiApp.GetAsync(app.Alice, "/api/v1/users/bob", 403);
        await ApiApp.GetAsync(app.Alice, "/api/v1/users/no%20name", 403);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Operator.GetAsync("/admin/users/bob", Token)).StatusCode);
        await ApiApp.GetAsync(app.Superuser, "/api/v1/users/bbo", 404);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Superuser.GetAsync("/admin/users/bbo", Token)).StatusCode);
        Assert.Equal(
            [
                ("alice", "GET /api/v1/users/{name}", "name=bob"), ("alice", "GET /api/v1/users/{name}", null), ("oscar", "GET /admin/users/{name}", "name=bob"),
            ],
            (await ListAsync(app, "?action=access-denied")).Select(entry => (Text(entry, "actor"), Text(entry, "target"), Text(entry, "detail"))));
    }

    [Fact]
    public async Task Who_asks_for_a_job_that_is_not_there_for_him_is_told_a_few_times_a_minute_and_where_from()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{id}", 404);
        await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{id}/output", 404);
        await ApiApp.PostAsync(app.Bob, "/api/v1/jobs/cancel", new { ids = (string[])[id, "f9999999"] }, 207);
        Assert.Equal(404, (int)(await app.Bob.GetAsync($"/v1/jobs/{id}", Token)).StatusCode);
        var told = await ListAsync(app, "?action=access-denied");
        Assert.Equal(
            [(id, "somebody else's job"), (id, "somebody else's job"), (id, "somebody else's job"), (id, "somebody else's job"), ("f9999999", "no such job")],
            told.Select(entry => (Text(entry, "target"), Text(entry, "detail"))).OrderByDescending(entry => entry.Item1 == id));
        Assert.All(told, entry => Assert.Equal(("bob", "refused"), (Text(entry, "actor"), Text(entry, "result"))));

        for (var request = 0; request < 3 * UnseenThings.Most; request++)
        {
            await ApiApp.GetAsync(app.Bob, "/api/v1/jobs/f9999999", 404);
        }

        // A minute may have begun in between.
        Assert.InRange((await ListAsync(app, "?action=access-denied")).Count, UnseenThings.Most, 2 * UnseenThings.Most);
    }

    [Fact]
    public async Task Who_asks_for_anothers_token_or_session_or_for_no_account_is_told()
    {
        await using var app = await ApiApp.StartAsync();
        var token = await ApiApp.PostAsync(app.Alice, "/api/v1/account/tokens", new { name = "mine", scopes = (string[])["jobs:read"], expiresInDays = 1 }, 201);
        var id = token.GetProperty("info").GetProperty("id").GetInt32();
        foreach (var path in (string[])[$"/api/v1/account/tokens/{id}", "/api/v1/account/tokens/999", "/api/v1/account/sessions/999"])
        {
            Assert.Equal(404, (int)(await app.Bob.DeleteAsync(path, Token)).StatusCode);
        }

        Assert.Equal(404, (int)(await app.Superuser.PatchAsJsonAsync("/api/v1/users/nobody", new { role = "viewer" }, Token)).StatusCode);
        Assert.Equal(
            [
                ("bob", $"token {id}", "no such token of this account"), ("bob", "token 999", "no such token of this account"),
                ("bob", "session 999", "no such session of this account"), (TestApp.Superuser, "nobody", "no such account"),
            ],
            (await ListAsync(app, "?action=access-denied&result=refused")).Select(entry => (Text(entry, "actor")!, Text(entry, "target")!, Text(entry, "detail")!)));
    }

    [Fact]
    public async Task A_submit_that_a_limit_stood_against_is_told_with_the_limit_also_one_of_many()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync(
            "alice", new TenantChange { Limits = _ => new TenantLimits { ActiveJobs = 1, Cores = 1 } }, null, null, Token);
        string[] sleep = ["sleep", "600"];
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = sleep, tasks = 2 }, 403);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/bulk", new { job = new { command = sleep }, count = 2 }, 207);
        Assert.Equal(
            [("refused", "limit=cores"), ("done", null), ("refused", "limit=activeJobs")],
            (await ListAsync(app, "?action=job-submit")).Select(entry => (Text(entry, "result"), Text(entry, "detail"))));
    }

    [Fact]
    public async Task Tokens_that_are_not_good_are_told_a_few_times_a_minute()
    {
        await using var app = await ApiApp.StartAsync();
        var stranger = app.With(new AuthenticationHeaderValue("Bearer", "no.such.token"));
        for (var request = 0; request < 5 * RefusalNotes.MostTokens; request++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/jobs", Token)).StatusCode);
        }

        var told = await ListAsync(app, "?action=sign-in&result=refused");
        // A minute may have begun in between.
        Assert.InRange(told.Count, RefusalNotes.MostTokens, 2 * RefusalNotes.MostTokens);
        Assert.All(told, entry => Assert.Equal(("(nobody)", "token"), (Text(entry, "actor"), Text(entry, "detail"))));
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string id, string verb, object? body, int status = 200)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        return await ApiApp.ReadAsync(await client.PostAsync($"/api/v1/jobs/{id}/{verb}", content, Token), status);
    }

    // Oldest first.
    private static async Task<IReadOnlyList<JsonElement>> ListAsync(ApiApp app, string query) =>
        [.. (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit" + query + "&limit=1000")).GetProperty("entries").EnumerateArray().Reverse()];

    private static (string?, string?, string?, string?) Told(JsonElement entry) =>
        (Text(entry, "actor"), Text(entry, "action"), Text(entry, "result"), Text(entry, "detail"));

    private static string? Text(JsonElement entry, string member) => entry.TryGetProperty(member, out var value) ? value.GetString() : null;
}
