using System.Text.Json;
using FluxRestful.Api.Problems;

namespace FluxRestful.Tests.Api.Cluster;

public sealed class ClusterEndpointsTests
{
    [Fact]
    public async Task The_root_says_which_instance_this_is()
    {
        await using var app = await ApiApp.StartAsync();

        var instance = await ApiApp.GetAsync(app.Alice, "/api/v1/");

        Assert.Equal("flux-restful", instance.GetProperty("name").GetString());
        Assert.Equal(Environment.UserName, instance.GetProperty("user").GetString());
        Assert.NotEqual("", instance.GetProperty("broker_version").GetString());
        Assert.Equal((0, 1, "run"), (instance.GetProperty("rank").GetInt32(), instance.GetProperty("size").GetInt32(), instance.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Health_needs_neither_credentials_nor_a_broker()
    {
        await using var app = await ApiApp.StartAsync(new Fakes.TestApp());

        Assert.Equal("ok", (await ApiApp.GetAsync(app.With(null), "/api/v1/health")).GetProperty("status").GetString());
        var problem = await ApiApp.GetAsync(app.Alice, "/api/v1/", 503);
        Assert.Equal((ProblemType.BrokerUnavailable.Uri, true), (problem.GetProperty("type").GetString(), problem.GetProperty("retryable").GetBoolean()));
    }

    [Fact]
    public async Task Nodes_are_told_by_rank_with_what_is_free()
    {
        await using var app = await ApiApp.StartAsync();

        var node = (await ApiApp.GetAsync(app.Viewer, "/api/v1/nodes")).GetProperty("nodes").EnumerateArray().Single();

        Assert.Equal((0, "free", true), (node.GetProperty("rank").GetInt32(), node.GetProperty("state").GetString(), node.GetProperty("online").GetBoolean()));
        Assert.Equal(node.GetProperty("cores").GetInt32(), node.GetProperty("coresFree").GetInt32());
        Assert.True(JsonElement.DeepEquals(node, await ApiApp.GetAsync(app.Viewer, "/api/v1/nodes/0")));
        await ApiApp.GetAsync(app.Viewer, "/api/v1/nodes/7", 404);
    }

    [Fact]
    public async Task A_drained_node_says_why_and_has_nothing_free()
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0", reason = "new memory" }, 204);

        var node = await ApiApp.GetAsync(app.Alice, "/api/v1/nodes/0");
        Assert.Equal(("drained", "new memory", 0), (node.GetProperty("state").GetString(), node.GetProperty("drainReason").GetString(), node.GetProperty("coresFree").GetInt32()));
        Assert.Equal(0, (await ApiApp.GetAsync(app.Alice, "/api/v1/resources")).GetProperty("free").GetProperty("cores").GetInt32());

        var again = await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0", reason = "other" }, 409);
        Assert.Contains("already drained", again.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0", reason = "other", overwrite = true }, 204);
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/undrain", new { targets = "0" }, 204);
        Assert.Equal("free", (await ApiApp.GetAsync(app.Alice, "/api/v1/nodes/0")).GetProperty("state").GetString());
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/undrain", new { targets = "0" }, 409);
    }

    [Theory]
    [InlineData("/api/v1/nodes/drain", """{"targets":"0","reason":"x","why":1}""", "why")]
    [InlineData("/api/v1/nodes/drain", """{"targets":""}""", "targets")]
    [InlineData("/api/v1/nodes/drain", """{"reason":"x"}""", "targets")]
    [InlineData("/api/v1/nodes/drain", """{"targets":7}""", "targets")]
    [InlineData("/api/v1/nodes/undrain", """{"targets":null}""", "targets")]
    [InlineData("/api/v1/queues/default/stop", """{"reason":" "}""", "reason")]
    [InlineData("/api/v1/queues/default/disable", """{}""", "reason")]
    public async Task A_bad_request_names_the_member(string path, string body, string member)
    {
        await using var app = await ApiApp.StartAsync();

        var response = await app.Operator.PostAsync(path, new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        Assert.True((await ApiApp.ReadAsync(response, 400)).GetProperty("errors").TryGetProperty(member, out _));
    }

    [Fact]
    public async Task A_rank_out_of_range_is_refused_in_the_brokers_words()
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "99" }, 400);

        Assert.Equal(ProblemType.Refused.Uri, problem.GetProperty("type").GetString());
        Assert.Equal("idset is out of range", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_queue_is_stopped_and_disabled_with_a_reason_that_everybody_sees()
    {
        await using var app = await ApiApp.StartAsync();
        var before = (await ApiApp.GetAsync(app.Alice, "/api/v1/queues")).GetProperty("queues").EnumerateArray().Single();
        Assert.Equal(("default", true, true), (before.GetProperty("name").GetString(), before.GetProperty("enabled").GetBoolean(), before.GetProperty("started").GetBoolean()));

        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/default/stop", new { reason = "lunch" }, 204);
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/default/disable", new { reason = "full" }, 204);

        var queue = await ApiApp.GetAsync(app.Alice, "/api/v1/queues/default");
        Assert.Equal(("lunch", "full"), (queue.GetProperty("stopReason").GetString(), queue.GetProperty("disableReason").GetString()));
        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/queues/default/start", null, TestContext.Current.CancellationToken), 204);
        await ApiApp.ReadAsync(await app.Operator.PostAsync("/api/v1/queues/default/enable", null, TestContext.Current.CancellationToken), 204);
        queue = await ApiApp.GetAsync(app.Alice, "/api/v1/queues/default");
        Assert.Equal((true, true), (queue.GetProperty("enabled").GetBoolean(), queue.GetProperty("started").GetBoolean()));
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/nowhere/stop", new { reason = "x" }, 404);
    }

    [Theory]
    [InlineData("/api/v1/nodes/drain")]
    [InlineData("/api/v1/nodes/undrain")]
    [InlineData("/api/v1/queues/default/start")]
    [InlineData("/api/v1/queues/default/stop")]
    [InlineData("/api/v1/queues/default/enable")]
    [InlineData("/api/v1/queues/default/disable")]
    [InlineData("/api/v1/service/stop")]
    public async Task Who_may_not_control_the_cluster_is_told_so(string path)
    {
        await using var app = await ApiApp.StartAsync();

        Assert.Equal(ProblemType.Forbidden.Uri, (await ApiApp.PostAsync(app.Alice, path, new { targets = "0", reason = "x" }, 403)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_superuser_ends_the_instance_and_nobody_else_does()
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.PostAsync(app.Operator, "/api/v1/service/stop", new { }, 403);
        await ApiApp.PostAsync(app.Superuser, "/api/v1/service/stop", new { }, 202);
    }

    [Fact]
    public async Task What_operators_do_to_the_cluster_is_in_the_audit()
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0", reason = "new memory" }, 204);
        await ApiApp.PostAsync(app.Operator, "/api/v1/nodes/drain", new { targets = "0" }, 409);
        await ApiApp.PostAsync(app.Operator, "/api/v1/queues/default/stop", new { reason = "lunch" }, 204);

        var entries = (await ApiApp.GetAsync(app.Superuser, "/api/v1/audit?actor=oscar")).GetProperty("entries").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("action").GetString()} {entry.GetProperty("target").GetString()} {entry.GetProperty("result").GetString()}").ToList();
        Assert.Equal(["node-drain 0 done", "node-drain 0 failed", "queue-stop default done"], entries.Order(StringComparer.Ordinal));
    }
}
