using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api;
using FluxRestful.Tests.Api.Jobs.Events;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Live;

/// <summary>Listing, control and events of <c>/api/v1</c> on a real Flux.</summary>
[Collection(nameof(LiveFlux))]
public sealed class JobApiTests(LiveFlux flux)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_held_hurried_changed_noted_released_signaled_and_canceled()
    {
        await using var app = await StartAsync();
        var filler = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&num_tasks=4&num_nodes=4&exclusive=true");
        var id = await SubmitAsync(app.Alice, "sleep 600", "SCHED", "&num_tasks=4&num_nodes=4&exclusive=true");

        await ApiApp.ReadAsync(await app.Alice.PostAsync($"/api/v1/jobs/{id}/hold", null, Token), 200);
        await UntilAsync(app.Alice, id, "reason", "held");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { duration = "10m" });
        await UntilAsync(app.Alice, id, "duration", "600");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/memo", new { step = 3 });
        await UntilAsync(app.Alice, id, "annotations", """{"user":{"step":3}}""");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/urgency", new { urgency = 17 }, 403);
        await ApiApp.PostAsync(app.Operator, $"/api/v1/jobs/{id}/urgency", new { urgency = 31 });
        await UntilAsync(app.Alice, id, "urgency", "31");
        await ApiApp.ReadAsync(await app.Alice.PostAsync($"/api/v1/jobs/{id}/release", null, Token), 200);
        Assert.Equal("""{"pending":1,"running":1,"completed":0,"failed":0,"canceled":0,"timeout":0}""",
            (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs")).GetProperty("counts").GetRawText());

        var canceled = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { ids = new[] { filler }, reason = "make room" }, 207);
        Assert.Equal(1, canceled.GetProperty("done").GetInt32());
        var ended = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{filler}?wait=ended&timeout=60");
        Assert.Equal("Canceled: make room", ended.GetProperty("reason").GetString());

        // Sent in the first moments of RUN, in which Flux loses signals (surprise 11).
        await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=running&timeout=60");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/signal", new { signal = "KILL" });
        var killed = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=60");
        Assert.Equal((137, "FAILED"), (killed.GetProperty("returncode").GetInt32(), killed.GetProperty("result").GetString()));
        Assert.Equal("node[0-3]", killed.GetProperty("nodelist").GetString());

        await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{id}", Token), 409);
        await ApiApp.ReadAsync(await app.Bob.DeleteAsync($"/api/v1/jobs/{id}", Token), 404);
        Assert.Equal("clean", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/eventlog")).EnumerateArray().Last().GetProperty("name").GetString());
        Assert.Equal(1, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/R")).GetProperty("version").GetInt32());
        Assert.Equal(600, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/jobspec")).GetProperty("attributes").GetProperty("system").GetProperty("duration").GetDouble());
    }

    [Fact]
    public async Task Events_of_many_jobs_are_followed_over_cuts_without_gap_or_repetition()
    {
        const int jobs = 20;
        await using var app = await StartAsync();
        string last;
        using (var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events"))
        {
            await reader.NextAsync();
            last = reader.LastId;
        }

        var ids = await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => SubmitAsync(app.Alice, "true")));
        var seen = new List<(string Job, string Event)>();
        while (seen.Count(each => each.Event == "clean") < jobs)
        {
            using var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events", last);
            for (var i = 0; i < 7 && seen.Count(each => each.Event == "clean") < jobs; i++)
            {
                var (kind, data) = (await reader.NextAsync())!.Value;
                Assert.Equal("job", kind);
                seen.Add((data.GetProperty("id").GetString()!, data.GetProperty("event").GetString()!));
                last = reader.LastId;
            }
        }

        foreach (var id in ids)
        {
            JsonElement log = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/eventlog");
            Assert.Equal(
                log.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()),
                seen.Where(each => each.Job == id && each.Event != "annotations").Select(each => each.Event));
        }
    }

    [Fact]
    public async Task A_purged_job_is_told_and_only_its_record_stays()
    {
        var uri = await flux.UriAsync(Token);
        await using var app = await StartAsync();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");
        using var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events");
        await reader.NextAsync();

        await using var broker = new BrokerSession(uri);
        await broker.CallAsync("job-manager.purge-id", new { id = JobId.Parse(id).WireValue, force = 1 });

        Assert.Equal(["purge"], await reader.UntilAsync(id, "purge"));
        Assert.True((await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("purged").GetBoolean());
        await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/output", 410);
        await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{id}", 404);
    }

    private async Task<ApiApp> StartAsync() => await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await flux.UriAsync(Token)));
}
