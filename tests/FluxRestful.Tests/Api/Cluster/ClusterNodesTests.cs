using System.Text.Json;
using FluxRestful.Api.Cluster;
using FluxRestful.Contracts.Cluster;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Tests.Api.Cluster;

public sealed class ClusterNodesTests
{
    [Fact]
    public void Each_node_is_what_the_sets_say_it_is()
    {
        var status = new ResourceStatus(
            R("0-6", "[0-6]"),
            new Dictionary<string, DrainedRanks> { ["3-4"] = new(1700000000, "memory"), ["5"] = new(1700000001) },
            Online: "0-5",
            Offline: "6",
            Exclude: "5");
        var down = ResourceSet.FromJson(R("3-4,6", "[3-4,6]"));
        var allocated = ResourceSet.FromJson(R("1,3", "[1,3]")).Union(ResourceSet.FromJson(R("2", "2", cores: "0")));

        var nodes = ClusterNodes.Of(status, down, allocated);

        Assert.Equal(
            [NodeState.Free, NodeState.Allocated, NodeState.Mixed, NodeState.Draining, NodeState.Drained, NodeState.Excluded, NodeState.Down],
            nodes.Select(node => node.State));
        Assert.Equal([2, 0, 1, 0, 0, 0, 0], nodes.Select(node => node.CoresFree));
        Assert.Equal([null, null, null, "memory", "memory", null, null], nodes.Select(node => node.DrainReason));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), nodes[3].DrainedSince);
        Assert.Equal("node2", nodes[2].Host);
    }

    private static JsonElement R(string ranks, string hosts, string cores = "0-1") => JsonElement.Parse($$$"""
        {"version":1,"execution":{"R_lite":[{"rank":"{{{ranks}}}","children":{"core":"{{{cores}}}"}}],"starttime":0.0,"expiration":0.0,"nodelist":["node{{{hosts}}}"]}}
        """);
}
