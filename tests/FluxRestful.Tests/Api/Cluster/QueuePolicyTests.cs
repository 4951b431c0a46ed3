using System.Text.Json;
using FluxRestful.Api.Cluster;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Tests.Api.Cluster;

public sealed class QueuePolicyTests
{
    private static readonly JsonElement Config = JsonElement.Parse("""
        {
          "policy": {
            "limits": { "duration": "1h", "job-size": { "max": { "nnodes": 4, "ngpus": 0 }, "min": { "ncores": 2 } } },
            "jobspec": { "defaults": { "system": { "queue": "batch", "duration": "10m" } } }
          },
          "queues": {
            "batch": {},
            "debug": { "requires": ["quick"], "policy": { "limits": { "duration": "5m", "job-size": { "max": { "nnodes": 1 } } } } },
            "long": { "policy": { "limits": { "duration": "0", "job-size": { "max": { "nnodes": -1 }, "min": { "ncores": 0 } } }, "jobspec": { "defaults": { "system": { "duration": "2d" } } } } }
          }
        }
        """);

    [Theory]
    [InlineData("batch", 1, 2, 0, 3600.0, null)]
    [InlineData("batch", 1, 2, 0, 3601.0, "duration")]
    [InlineData("batch", 1, 2, 0, 0.0, null)]
    [InlineData("batch", 5, 2, 0, 60.0, "nodes")]
    [InlineData("batch", 0, 1, 0, 60.0, "cores")]
    [InlineData("batch", 0, 2, 1, 60.0, "gpus")]
    [InlineData("debug", 1, 2, 0, 0.0, "duration")]
    [InlineData("debug", 1, 2, 0, 300.0, null)]
    [InlineData("debug", 2, 2, 0, 300.0, "nodes")]
    [InlineData("long", 99, 1, 0, 0.0, null)]
    [InlineData("long", 0, 1, 1, 1e9, "gpus")]
    public void A_queues_own_limits_go_before_those_of_all_value_by_value(string queue, int nodes, int slots, int gpus, double duration, string? limit)
    {
        var refusal = QueuePolicy.Of(Config, queue).Refusal(new JobspecCounts(nodes, slots, 1, gpus, false, slots), duration);
        Assert.Equal(limit, refusal?.Limit);
    }

    [Fact]
    public void What_a_job_is_given_that_says_nothing_is_the_queues()
    {
        Assert.Equal("batch", QueuePolicy.DefaultQueue(Config));
        Assert.Equal((600.0, 172800.0), (QueuePolicy.Of(Config, "batch").UsualDuration, QueuePolicy.Of(Config, "long").UsualDuration));
        Assert.Equal(["quick"], QueuePolicy.Of(Config, "debug").Requires);
        var limits = QueuePolicy.Of(Config, "debug").Limits!.Value;
        Assert.Equal(("5m", 1, 2), (limits.GetProperty("duration").GetString(), limits.GetProperty("job-size").GetProperty("max").GetProperty("nnodes").GetInt32(),
            limits.GetProperty("job-size").GetProperty("min").GetProperty("ncores").GetInt32()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"policy": "odd", "queues": []}""")]
    [InlineData("""{"policy": {"limits": {"duration": "soon", "job-size": {"max": {"nnodes": "many"}}}}}""")]
    public void A_configuration_that_says_nothing_of_it_limits_nothing(string config)
    {
        var policy = QueuePolicy.Of(JsonElement.Parse(config), "batch");
        Assert.Null(policy.Refusal(new JobspecCounts(1000, 100_000, 10, 10, true, 1), 0));
        Assert.Empty(policy.Requires);
    }
}
