using System.Buffers;
using System.Text.Json;
using CsCheck;
using FluxRestful.Core.Resources;
using FluxRestful.Tests.Core.Jobs;

namespace FluxRestful.Tests.Core.Resources;

public sealed class ResourceSetTests
{
    private static readonly JsonElement[] Statuses = [.. Recorded.Answers("resource-status", "resource.sched-status")];

    [Fact]
    public void R_is_counted_by_node_core_and_gpu()
    {
        var all = ResourceSet.FromJson(Statuses[0].GetProperty("all"));
        Assert.Equal((4, 8L, 2L), (all.NodeCount, all.CoreCount, all.GpuCount));
        Assert.Equal(("0-3", "node[0-3]", "2-3"), (all.Ranks.ToString(), all.Hosts.ToString(), all.Properties["bigmem"].ToString()));
        Assert.Equal(("node3", "0-1", "0"), (all[3]!.Host, all[3]!.Cores.ToString(), all[3]!.Gpus.ToString()));
        Assert.Null(all[4]);
    }

    [Fact]
    public void Free_is_all_without_down_and_without_allocated()
    {
        var (all, down, allocated) = (Set(1, "all"), Set(1, "down"), Set(1, "allocated"));
        var free = all.Except(down).Except(allocated);

        // Rank 3 is drained while a job still runs there.
        Assert.Equal((2L, 1L), (down.CoreCount, allocated.Intersection(down)));
        Assert.Equal((1L, 1L, "node2", "2"), (free.CoreCount, free.GpuCount, free.Hosts.ToString(), free.Properties["bigmem"].ToString()));
        Assert.Equal(all.CoreCount, free.Union(allocated).Union(down).CoreCount);
    }

    [Fact]
    public void R_is_written_as_it_was_read()
    {
        foreach (var status in Statuses)
        {
            foreach (var part in (string[])["all", "down", "allocated"])
            {
                Assert.Equal(Recorded.Normal(status.GetProperty(part)), Recorded.Normal(Written(ResourceSet.FromJson(status.GetProperty(part)))));
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"execution":{}}""")]
    [InlineData("""{"execution":{"R_lite":[{}]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"x","children":{}}]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"0","children":{"core":"1-"}}]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"0-4294967290","children":{"core":"0"}}]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"0","children":{"core":"0"}}],"nodelist":["a[1-2]"]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"0","children":{"core":"0"}}],"nodelist":["a[1"]}}""")]
    [InlineData("""{"execution":{"R_lite":[],"nodelist":[7]}}""")]
    [InlineData("""{"execution":{"R_lite":[{"rank":"\ud800","children":{"core":"0"}}]}}""")]
    [InlineData("""{"execution":{"R_lite":[],"properties":{"\ud800":"0"}}}""")]
    public void What_is_no_R_is_refused(string json) => Assert.Throws<FormatException>(() => ResourceSet.FromJson(JsonElement.Parse(json)));

    [Fact]
    public void Entries_of_one_rank_are_joined()
    {
        var set = ResourceSet.FromJson(JsonElement.Parse(
            """{"execution":{"R_lite":[{"rank":"1","children":{"core":"0"}},{"rank":"0-1","children":{"core":"1","gpu":"3"}}],"nodelist":["a","b"]}}"""));
        Assert.Equal((2, 3L, 2L, "b", "0-1"), (set.NodeCount, set.CoreCount, set.GpuCount, set[1]!.Host, set[1]!.Cores.ToString()));
    }

    [Fact]
    public void Taking_away_and_joining_account_for_every_core()
    {
        var set = Gen.Select(Gen.UInt[0, 4], Gen.UInt[0, 6]).Array[0, 12].Select(cores =>
            ResourceSet.Of(cores.Select(each => new ResourceNode(each.Item1, $"n{each.Item1}", IdSet.Of(each.Item2), IdSet.Empty))));
        Gen.Select(set, set).Sample((a, b) =>
            a.Except(b).Union(b).CoreCount == a.Union(b).CoreCount
            && a.Except(b).CoreCount == a.CoreCount - a.Intersection(b)
            && ResourceSet.FromJson(Written(a)).CoreCount == a.CoreCount);
    }

    private static ResourceSet Set(int status, string part) => ResourceSet.FromJson(Statuses[status].GetProperty(part));

    private static JsonElement Written(ResourceSet set)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            set.Write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}

file static class Cores
{
    internal static long Intersection(this ResourceSet left, ResourceSet right) =>
        left.Nodes.Sum(node => right[node.Rank] is { } other ? node.Cores.Intersect(other.Cores).LongCount : 0);
}
