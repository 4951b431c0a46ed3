using FluxRestful.Api.Pages.Cluster;
using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Tests.Api.Pages.Cluster;

public sealed class NodeGroupTests
{
    [Fact]
    public void A_node_stands_with_those_whose_jobs_come_from_the_same_queues()
    {
        Node[] nodes = [Node(0, "login"), Node(1, "cpu", "big"), Node(2, "cpu"), Node(3, "gpu"), Node(4, "cpu", "big")];
        Queue[] queues = [Queue("batch", "cpu"), Queue("heavy", "cpu", "big"), Queue("learn", "gpu")];
        Assert.Equal(
            ["no queue: 0", "batch: 2", "batch, heavy: 1 4", "learn: 3"],
            NodeGroup.Of(nodes, queues, NodeGroup.ByQueue).Select(group => $"{group.Name}: {string.Join(' ', group.Nodes.Select(node => node.Rank))}"));
        Assert.Equal([NodeGroup.ByProperty, NodeGroup.ByQueue], NodeGroup.Ways(nodes, queues).Select(way => way.By));
    }

    [Fact]
    public void A_way_that_makes_one_group_is_not_offered()
    {
        Node[] nodes = [Node(0, "cpu"), Node(1, "gpu")];
        Assert.Equal([NodeGroup.ByProperty], NodeGroup.Ways(nodes, [Queue("default")]).Select(way => way.By));
        Assert.Equal([""], NodeGroup.Of(nodes, [], "colour").Select(group => group.Name));
    }

    private static Node Node(int rank, params string[] properties) => new(rank, $"node{rank}", NodeState.Free, true, 8, 8, 0, 0, properties);

    private static Queue Queue(string name, params string[] requires) => new(name, true, true, 0, 0, Requires: requires is [] ? null : requires);
}
