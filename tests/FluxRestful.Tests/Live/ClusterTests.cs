using System.Text.Json;
using FluxRestful.Tests.Api;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Live;

/// <summary>Nodes, resources and the queue without a name of <c>/api/v1</c>, on a real Flux of its own: what is drained here would be missing elsewhere.</summary>
[Collection(nameof(LiveFlux))]
public sealed class ClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nodes_are_told_by_rank_drained_while_a_job_runs_and_undrained()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(4, Token);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        var instance = await ApiApp.GetAsync(app.Viewer, "/api/v1/");
        Assert.Equal((0, 4, "run"), (instance.GetProperty("rank").GetInt32(), instance.GetProperty("size").GetInt32(), instance.GetProperty("state").GetString()));
        Assert.Equal(
            ["0 node0 free 2 2", "1 node1 free 2 2", "2 node2 free 2 2", "3 node3 free 2 2"],
            (await ApiApp.GetAsync(app.Viewer, "/api/v1/nodes")).GetProperty("nodes").EnumerateArray().Select(Brief));

        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&num_nodes=1&num_tasks=1&exclusive=true");
        var rank = (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("ranks").GetString()!;
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0-3", reason = "new memory" }, 204);
        foreach (var node in (await ApiApp.GetAsync(app.Viewer, "/api/v1/nodes")).GetProperty("nodes").EnumerateArray())
        {
            var isBusy = $"{node.GetProperty("rank").GetInt32()}" == rank;
            Assert.Equal((isBusy ? "draining" : "drained", "new memory", 0), (node.GetProperty("state").GetString(), node.GetProperty("drainReason").GetString(), node.GetProperty("coresFree").GetInt32()));
        }

        Assert.Equal(0, (await ApiApp.GetAsync(app.Alice, "/api/v1/resources")).GetProperty("free").GetProperty("cores").GetInt32());
        Assert.Equal("waits", (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs?dryRun=true", new { command = (string[])["true"] })).GetProperty("verdict").GetString());
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0", reason = "other" }, 409);
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "99" }, 400);
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/undrain", new { targets = "0-3" }, 204);
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{id}", Token), 202);
        await Eventually.TrueAsync(
            async () => (await ApiApp.GetAsync(app.Alice, "/api/v1/resources")).GetProperty("free").GetProperty("cores").GetInt32() == 8, Token);
    }

    [Fact]
    public async Task The_one_queue_is_stopped_and_disabled_and_jobs_are_told()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(1, Token);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", flux.Uri));
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/default/stop", new { reason = "lunch" }, 204);
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"] }, 201)).GetProperty("id").GetString()!;
        await UntilAsync(app.Alice, id, "state", "SCHED");
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/default/disable", new { reason = "full" }, 204);
        var queue = await ApiApp.GetAsync(app.Alice, "/api/v1/queues/default");
        Assert.Equal(("lunch", "full", 1), (queue.GetProperty("stopReason").GetString(), queue.GetProperty("disableReason").GetString(), queue.GetProperty("pending").GetInt32()));
        var refused = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"] }, 400);
        Assert.Contains("full", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);

        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/queues/default/enable", null, Token), 204);
        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/queues/default/start", null, Token), 204);
        Assert.Equal("COMPLETED", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=60")).GetProperty("result").GetString());
    }

    private static string Brief(JsonElement node) =>
        $"{node.GetProperty("rank")} {node.GetProperty("host").GetString()} {node.GetProperty("state").GetString()} {node.GetProperty("cores")} {node.GetProperty("coresFree")}";
}
