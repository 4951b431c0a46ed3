using System.Net.Http.Json;
using FluxRestful.Tests.Api;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Live;

/// <summary>A real Flux with named queues; the embedded broker has but the one without a name.</summary>
[Collection(nameof(LiveFlux))]
public sealed class QueueTests
{
    private const string Queues = """
        [policy.jobspec.defaults.system]
        queue = "batch"
        [queues.batch]
        [queues.debug]
        policy.limits.duration = "30m"

        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiting_job_goes_to_another_queue_and_runs_there()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(1, Token, configuration: Queues);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        foreach (var queue in (string[])["batch", "debug"])
        {
            await ApiApp.ReadAsync(await app.Operator.PostAsync($"/api/v1/queues/{queue}/start", null, Token), 204);
        }

        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var held = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], duration = 60, urgency = 0 }, 201);
            ids.Add(held.GetProperty("id").GetString()!);
            await UntilAsync(app.Alice, ids[i], "queue", "batch");
        }

        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{ids[0]}/update", new { queue = "debug" });
        var many = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/update", new { filter = new { queue = "batch" }, queue = "debug" }, 207);
        Assert.Equal((1, ids[1]), (many.GetProperty("done").GetInt32(), many.GetProperty("items")[0].GetProperty("id").GetString()));
        foreach (var id in ids)
        {
            await UntilAsync(app.Alice, id, "queue", "debug");
            await ApiApp.ReadAsync(await app.Alice.PostAsync($"/api/v1/jobs/{id}/release", null, Token), 200);
            var ended = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=60");
            Assert.Equal(("COMPLETED", "debug"), (ended.GetProperty("result").GetString(), ended.GetProperty("queue").GetString()));
        }

        Assert.Equal(2, (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?queue=debug")).GetProperty("matching").GetInt32());
        Assert.Equal(0, (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?queue=batch")).GetProperty("matching").GetInt32());
    }

    [Fact]
    public async Task Queues_are_told_by_name_and_one_is_stopped_without_the_other()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(1, Token, configuration: Queues);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        var queues = (await ApiApp.GetAsync(app.Alice, "/api/v1/queues")).GetProperty("queues").EnumerateArray().ToList();
        Assert.Equal(["batch", "debug"], queues.Select(queue => queue.GetProperty("name").GetString()));
        Assert.Equal("30m", queues[1].GetProperty("limits").GetProperty("duration").GetString());

        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/queues/debug/start", null, Token), 204);
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/batch/stop", new { reason = "lunch" }, 204);
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/debug/disable", new { reason = "full" }, 204);
        Assert.Equal("lunch", (await ApiApp.GetAsync(app.Alice, "/api/v1/queues/batch")).GetProperty("stopReason").GetString());

        var refused = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], queue = "debug" }, 400);
        Assert.Contains("full", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var waits = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs?dryRun=true", new { command = (string[])["true"] });
        Assert.Equal("waits", waits.GetProperty("verdict").GetString());
        await ApiApp.GetAsync(app.Alice, "/api/v1/queues/nowhere", 404);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_refused_in_Fluxs_words_also_for_a_waiting_job()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(1, Token, configuration: Queues);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], urgency = 0 }, 201)).GetProperty("id").GetString();
        var problem = await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { queue = "nowhere" }, 400);
        Assert.Contains("nowhere", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_knows_the_limits_of_each_queue_as_Flux_does()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(2, Token, configuration: """
            [policy.jobspec.defaults.system]
            queue = "batch"
            duration = "20m"
            [policy.limits]
            duration = "1h"
            job-size.max.ncores = 3
            [queues.batch]
            [queues.debug.policy.limits]
            duration = "10m"
            job-size.max.nnodes = 1
            [queues.long.policy]
            limits.duration = "0"
            limits.job-size.max.ncores = -1
            limits.job-size.min.nnodes = 1

            """);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        var refused = 0;
        foreach (var (queue, duration, nodes, tasks) in from queue in (string?[])[null, "debug", "long"]
                                                        from duration in (string?[])[null, "5m", "61m"]
                                                        from size in ((int?, int)[])[(null, 1), (null, 4), (1, 1), (2, 2)]
                                                        select (queue, duration, size.Item1, size.Item2))
        {
            var job = new { command = (string[])["true"], queue, duration, nodes, tasks, urgency = 0 };
            var told = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs?dryRun=true", job);
            using var answer = await app.Alice.PostAsJsonAsync("/api/v1/jobs", job, Token);
            var isRefused = told.GetProperty("verdict").GetString() == "refused";
            Assert.True(isRefused == !answer.IsSuccessStatusCode, $"{job}: {told}, but {await answer.Content.ReadAsStringAsync(Token)}");
            refused += isRefused ? 1 : 0;
        }

        Assert.InRange(refused, 10, 26);
    }
}
