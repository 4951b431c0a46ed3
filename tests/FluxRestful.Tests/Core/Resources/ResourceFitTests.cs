using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Resources;

namespace FluxRestful.Tests.Core.Resources;

public sealed class ResourceFitTests
{
    private static readonly ResourceSet All = ResourceSet.FromJson(JsonElement.Parse(
        """
        {"version": 1, "execution": {"R_lite": [{"rank": "0-1", "children": {"core": "0-3"}}, {"rank": "2-3", "children": {"core": "0-7", "gpu": "0-1"}}],
         "starttime": 0, "expiration": 0, "nodelist": ["node[0-3]"], "properties": {"big": "2-3", "old": "0,2"}}}
        """));

    [Theory]
    [InlineData("big", "2-3")]
    [InlineData("^big", "0-1")]
    [InlineData("big old", "2")]
    [InlineData("big or old", "0,2-3")]
    [InlineData("not big", "0-1")]
    [InlineData("unknown", "")]
    [InlineData("host:node[1-2]", "1-2")]
    [InlineData("host:elsewhere", "")]
    [InlineData("rank:0,3", "0,3")]
    [InlineData("rank:9", "")]
    [InlineData("-rank:3 and (big or host:node0)", "0,2")]
    public void A_condition_selects_nodes(string condition, string ranks)
    {
        var constraint = JobspecBuilder.Build(new JobRequest { Command = ["x"], Requires = condition })["attributes"]!["system"]!["constraints"];

        Assert.Equal(ranks, NodeConstraint.Select(All, JsonSerializer.SerializeToElement(constraint))!.ToString());
    }

    [Theory]
    [InlineData("{}", "0-3")]
    [InlineData("""{"and": []}""", "0-3")]
    [InlineData("""{"or": []}""", "0-3")]
    public void An_empty_condition_selects_all(string constraint, string ranks) =>
        Assert.Equal(ranks, NodeConstraint.Select(All, JsonElement.Parse(constraint))!.ToString());

    [Theory]
    [InlineData("5")]
    [InlineData("""{"unheard": []}""")]
    [InlineData("""{"ranks": 5}""")]
    [InlineData("""{"ranks": ["x"]}""")]
    [InlineData("""{"properties": [1]}""")]
    [InlineData("""{"and": [{"unheard": []}, {"properties": []}]}""")]
    [InlineData("""{"not": [{"unheard": []}]}""")]
    [InlineData("""{"unheard": [], "properties": []}""")]
    public void What_cannot_be_judged_is_not_guessed(string constraint) => Assert.Null(NodeConstraint.Select(All, JsonElement.Parse(constraint)));

    [Theory]
    [InlineData(24, 1, 0, null, false, true)]
    [InlineData(25, 1, 0, null, false, false)]
    [InlineData(2, 8, 0, null, false, true)]
    [InlineData(3, 8, 0, null, false, false)]
    [InlineData(6, 3, 0, null, false, true)]
    [InlineData(7, 3, 0, null, false, false)]
    [InlineData(4, 1, 1, null, false, true)]
    [InlineData(5, 1, 1, null, false, false)]
    [InlineData(1, 1, 3, null, false, false)]
    [InlineData(4, 4, 0, 4, false, true)]
    [InlineData(4, 5, 0, 4, false, false)]
    [InlineData(8, 2, 0, 4, false, true)]
    [InlineData(5, 1, 0, 5, false, false)]
    [InlineData(4, 1, 0, 4, true, true)]
    public void Slots_are_counted_by_node(int tasks, int cores, int gpus, int? nodes, bool exclusive, bool fits) =>
        Assert.Equal(fits, ResourceFit.Fits(Counts(tasks, cores, gpus, nodes, exclusive), All, All));

    [Fact]
    public void An_exclusive_node_must_be_wholly_free()
    {
        var free = All.Except(ResourceSet.Of(new ResourceNode(0, "node0", IdSet.Parse("0"), IdSet.Empty)));

        Assert.False(ResourceFit.Fits(Counts(4, 1, 0, 4, true), free, All));
        Assert.True(ResourceFit.Fits(Counts(3, 1, 0, 3, true), free, All));
        Assert.True(ResourceFit.Fits(Counts(4, 3, 0, 4, false), free, All));
    }

    private static JobspecCounts Counts(int tasks, int cores, int gpus, int? nodes, bool exclusive)
    {
        var jobspec = JobspecBuilder.Build(new JobRequest { Command = ["x"], Tasks = tasks, CoresPerTask = cores, GpusPerTask = gpus, Nodes = nodes, Exclusive = exclusive });
        Assert.True(JobspecCounts.TryRead(JsonSerializer.SerializeToElement(jobspec), out var counts, out _));
        return counts;
    }
}
