using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

public sealed class ListJobsTests
{
    [Fact]
    public async Task A_tenant_lists_its_own_jobs_and_those_who_may_see_all_choose()
    {
        await using var app = await ApiApp.StartAsync();
        var ofAlice = await SubmitAsync(app.Alice, "true");
        var ofBob = await SubmitAsync(app.Bob, "true");

        Assert.Equal([ofAlice], await IdsAsync(app.Alice, ""));
        Assert.Equal([ofAlice], await IdsAsync(app.Alice, "?scope=all"));
        Assert.Equal([ofAlice], await IdsAsync(app.Alice, "?owner=alice"));
        Assert.Empty(await IdsAsync(app.Alice, "?owner=bob"));
        Assert.Empty(await IdsAsync(app.Alice, "?owner=nobody"));
        Assert.Equal([ofBob, ofAlice], await IdsAsync(app.Operator, ""));
        Assert.Equal([ofBob], await IdsAsync(app.Operator, "?owner=bob"));
        Assert.Empty(await IdsAsync(app.Operator, "?scope=mine"));
        Assert.Empty(await IdsAsync(app.Viewer, ""));
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_last()
    {
        await using var app = await ApiApp.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            ids.Insert(0, await SubmitAsync(app.Alice, "true"));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(5, page.GetProperty("matching").GetInt32());
            seen.AddRange(Ids(page));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task States_are_counted_and_filtered()
    {
        await using var app = await ApiApp.StartAsync();
        var good = await SubmitAsync(app.Alice, "true");
        var bad = await SubmitAsync(app.Alice, "false");
        var running = await SubmitAsync(app.Alice, "sleep 600");
        await RestfulApp.WaitAsync(app.Alice, JobId.Parse(good).Value, "INACTIVE");
        await RestfulApp.WaitAsync(app.Alice, JobId.Parse(bad).Value, "INACTIVE");
        await RestfulApp.WaitAsync(app.Alice, JobId.Parse(running).Value, "RUN");

        var list = await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?state=running");
        Assert.Equal([running], Ids(list));
        Assert.Equal("""{"pending":0,"running":1,"completed":1,"failed":1,"canceled":0,"timeout":0}""", list.GetProperty("counts").GetRawText());
        Assert.Equal([running, bad], await IdsAsync(app.Alice, "?state=running,failed"));
        Assert.Equal([good], await IdsAsync(app.Alice, "?result=completed"));
        Assert.Equal([running], await IdsAsync(app.Alice, "?text=SLEE"));
    }

    [Fact]
    public async Task Jobs_are_found_by_their_tags_and_tell_them()
    {
        await using var app = await ApiApp.StartAsync();
        var both = await TagAsync("sweep", "Paper 3");
        var one = await TagAsync("sweep");
        await TagAsync("sweeper");
        await SubmitAsync(app.Alice, "true");

        Assert.Equal([one, both], await IdsAsync(app.Alice, "?tag=sweep"));
        Assert.Equal([both], await IdsAsync(app.Alice, "?tag=Paper%203"));
        Assert.Empty(await IdsAsync(app.Alice, "?tag=paper%203"));
        Assert.Empty(await IdsAsync(app.Bob, "?tag=sweep"));
        Assert.Equal([both], await IdsAsync(app.Alice, "?text=%22paper%203%22"));
        Assert.Equal("""["sweep","Paper 3"]""", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{both}")).GetProperty("tags").GetRawText());
        Assert.Equal(2, (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { filter = new { tag = "sweep" } }, 207)).GetProperty("done").GetInt32());

        async Task<string> TagAsync(params string[] tags) => (await ApiApp.PostAsync(
            app.Alice, "/api/v1/jobs", new { command = (string[])["true"], urgency = 0, attributes = new Dictionary<string, object> { ["user.tags"] = tags } }, 201)).GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task Only_the_members_that_are_asked_for_are_told()
    {
        await using var app = await ApiApp.StartAsync();
        await SubmitAsync(app.Alice, "sleep 600");

        var job = Assert.Single((await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?fields=id,name,owner")).GetProperty("jobs").EnumerateArray().ToList());

        Assert.Equal(["id", "name", "owner"], job.EnumerateObject().Select(member => member.Name));
        Assert.Equal("alice", job.GetProperty("owner").GetString());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("state=walking", "state")]
    [InlineData("result=so-so", "result")]
    [InlineData("sort=colour", "sort")]
    [InlineData("cursor=xyz", "cursor")]
    [InlineData("fields=id,secret", "fields")]
    [InlineData("since=yesterday", "since")]
    [InlineData("scope=theirs", "scope")]
    [InlineData("staet=running", "staet")]
    public async Task What_is_wrong_with_a_wish_is_said_by_its_name(string query, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?" + query, 400);
        Assert.Equal(ProblemType.InvalidRequest.Uri, problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    private static async Task<string> SubmitAsync(HttpClient client, string command) => new JobId(await RestfulApp.SubmitAsync(client, command)).ToString();

    private static async Task<string[]> IdsAsync(HttpClient client, string query) => Ids(await ApiApp.GetAsync(client, "/api/v1/jobs" + query));

    private static string[] Ids(JsonElement list) => [.. list.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()!)];
}
