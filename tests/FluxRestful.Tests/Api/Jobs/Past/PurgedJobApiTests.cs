using System.Text.Json;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Jobs.Past;

/// <summary>What the faces of the server say of jobs that Flux has purged.</summary>
public sealed class PurgedJobApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_Flux_has_purged_stays_for_those_who_could_see_it_and_says_so()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app.Alice, "false");
        var before = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}");
        Assert.False(before.TryGetProperty("purged", out _));

        await PurgeAsync(app, id);

        var job = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}");
        Assert.True(job.GetProperty("purged").GetBoolean());
        foreach (var member in (string[])["id", "name", "status", "returncode", "reason", "owner", "submitted", "started", "ended", "ncores", "nodelist", "timeline"])
        {
            Assert.Equal(before.GetProperty(member).ToString(), job.GetProperty(member).ToString());
        }

        foreach (var client in (HttpClient[])[app.Alice, app.Operator, app.Superuser])
        {
            var row = Assert.Single((await ApiApp.GetAsync(client, "/api/v1/jobs?state=failed")).GetProperty("jobs").EnumerateArray());
            Assert.Equal((id, true), (row.GetProperty("id").GetString(), row.GetProperty("purged").GetBoolean()));
            Assert.Equal(1, (await ApiApp.GetAsync(client, "/api/v1/jobs")).GetProperty("counts").GetProperty("failed").GetInt32());
        }

        foreach (var (path, type) in ((string, ProblemType)[])
            [("output", ProblemType.OutputPurged), ("jobspec", ProblemType.JobPurged), ("R", ProblemType.JobPurged), ("eventlog", ProblemType.JobPurged)])
        {
            Assert.Equal(type.Uri, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/{path}", 410)).GetProperty("type").GetString());
        }

        Assert.Equal(ProblemType.JobInactive.Uri, (await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/memo", new { memo = new { note = "late" } }, 409)).GetProperty("type").GetString());
        var usage = (await ApiApp.GetAsync(app.Alice, "/api/v1/usage?range=90d")).GetProperty("tenants")[0];
        Assert.Equal(1, usage.GetProperty("failed").GetInt32());
        Assert.Equal(1, (await ApiApp.GetAsync(app.Alice, "/api/v1/cluster/history?range=30d")).GetProperty("ended").EnumerateArray().Sum(step => step.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task To_others_it_is_as_unknown_as_one_that_never_was()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app.Alice, "true");
        await PurgeAsync(app, id);
        var unknown = new JobId(JobId.Parse(id).Value + 1).ToString();
        foreach (var path in (string[])["", "/jobspec", "/R", "/eventlog", "/events", "/output"])
        {
            Assert.Equal(await TextAsync(app.Bob, $"/api/v1/jobs/{unknown}{path}", unknown), await TextAsync(app.Bob, $"/api/v1/jobs/{id}{path}", id));
        }

        Assert.Equal(await TextAsync(app.Bob, $"/jobs/{unknown}", unknown), await TextAsync(app.Bob, $"/jobs/{id}", id));
        Assert.Empty((await ApiApp.GetAsync(app.Bob, "/api/v1/jobs")).GetProperty("jobs").EnumerateArray());
        Assert.Equal(0, (await ApiApp.GetAsync(app.Bob, "/api/v1/usage?range=all")).GetProperty("tenants")[0].GetProperty("ended").GetInt32());

        static async Task<string> TextAsync(HttpClient client, string path, string id)
        {
            using var response = await client.GetAsync(path, Token);
            Assert.Equal(404, (int)response.StatusCode);
            var text = await response.Content.ReadAsStringAsync(Token);
            if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
            {
                var problem = JsonElement.Parse(text);
                text = string.Join('\n', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => $"{member.Name}: {member.Value}"));
            }
            else
            {
                text = System.Text.RegularExpressions.Regex.Replace(text, "Trace</dt><dd><code>[^<]*|nonce=\"[^\"]*\"|data-now=\"[^\"]*\"|[0-9:]+ UTC|value=\"CfDJ[^\"]*\"", "");
            }

            return text.Replace(id, "ID", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_pages_show_what_was_recorded_and_v1_knows_only_what_Flux_knows()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RunAsync(app.Alice, "true");
        await PurgeAsync(app, id);
        foreach (var (tab, words) in ((string, string)[])
            [("", "The output is gone"), ("?tab=details", "Its beginning, with spaces"), ("?tab=events", "The event logs are gone"), ("?tab=spec", "The jobspec is gone")])
        {
            var page = await app.Alice.GetStringAsync($"/jobs/{id}{tab}", Token);
            Assert.Contains("Flux has purged this job.", page, StringComparison.Ordinal);
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.DoesNotContain("Clone", page, StringComparison.Ordinal);
        }

        Assert.Contains(">purged<", await app.Alice.GetStringAsync("/jobs?state=completed", Token), StringComparison.Ordinal);
        foreach (var (path, status) in ((string, int)[])
            [($"/jobs/{id}/output.txt", 410), ($"/jobs/{id}/jobspec.json", 410), ($"/ui/jobs/{id}/output", 410), ($"/jobs/submit?from={id}", 410), ($"/ui/jobs/{id}", 200), ($"/v1/jobs/{id}", 404), ($"/v1/jobs/{id}/output", 404)])
        {
            Assert.Equal((path, status), (path, (int)(await app.Alice.GetAsync(path, Token)).StatusCode));
        }

        Assert.Empty(JsonElement.Parse(await app.Alice.GetStringAsync("/v1/jobs", Token)).GetProperty("jobs").EnumerateArray());
    }

    [Fact]
    public async Task With_a_broker_that_knows_nothing_of_them_a_server_that_starts_anew_knows_them_all_the_same()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-past-");
        try
        {
            string id;
            await using (var first = await StartAsync())
            {
                id = await RunAsync(first.Alice, "true");
            }

            await using var second = await StartAsync();
            await Eventually.TrueAsync(async () => (int)(await second.Alice.GetAsync($"/api/v1/jobs/{id}", Token)).StatusCode == 200, Token);
            var job = await ApiApp.GetAsync(second.Alice, $"/api/v1/jobs/{id}");
            Assert.Equal((true, "COMPLETED", "alice"), (job.GetProperty("purged").GetBoolean(), job.GetProperty("status").GetString(), job.GetProperty("owner").GetString()));
            Assert.Equal(id, (await ApiApp.GetAsync(second.Operator, "/api/v1/jobs?owner=alice")).GetProperty("jobs")[0].GetProperty("id").GetString());
            await ApiApp.GetAsync(second.Bob, $"/api/v1/jobs/{id}", 404);
            await RunAsync(second.Alice, "true");
            var usage = (await ApiApp.GetAsync(second.Alice, "/api/v1/usage?range=30d")).GetProperty("tenants")[0];
            Assert.Equal(2, usage.GetProperty("completed").GetInt32());
            Assert.Equal(2, (await ApiApp.GetAsync(second.Alice, "/api/v1/cluster/history?range=24h")).GetProperty("waits")[0].GetProperty("started").GetInt32());
        }
        finally
        {
            data.Delete(recursive: true);
        }

        Task<ApiApp> StartAsync() => ApiApp.StartAsync(new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data") }, TestBroker.Settings);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_kept_a_purged_job_is_gone()
    {
        await using var app = await ApiApp.StartAsync(("PastJobs:Days", "0"));
        var id = await RunAsync(app.Alice, "true");
        await app.App.Services.GetRequiredService<PastJobs>().FlushAsync(Token);
        await new JobManager(app.App.Services.GetRequiredService<BrokerConnection>().Client).PurgeAsync(JobId.Parse(id), Token);
        await Eventually.TrueAsync(async () => (int)(await app.Alice.GetAsync($"/api/v1/jobs/{id}", Token)).StatusCode == 404, Token);
        await using var db = app.App.OpenDatabase();
        Assert.Empty(db.EndedJobs);
    }

    private static async Task PurgeAsync(ApiApp app, string id)
    {
        await new JobManager(app.App.Services.GetRequiredService<BrokerConnection>().Client).PurgeAsync(JobId.Parse(id), Token);
        await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).TryGetProperty("purged", out _), Token);
    }

    private static async Task<string> RunAsync(HttpClient client, string program)
    {
        var id = (await ApiApp.PostAsync(client, "/api/v1/jobs", new { command = (string[])[program] }, 201)).GetProperty("id").GetString()!;
        await ApiApp.GetAsync(client, $"/api/v1/jobs/{id}?wait=ended");
        return id;
    }
}
