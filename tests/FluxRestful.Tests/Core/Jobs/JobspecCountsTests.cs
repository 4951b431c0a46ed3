using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Tests.Core.Jobs.Records;

namespace FluxRestful.Tests.Core.Jobs;

public sealed class JobspecCountsTests
{
    private const int CoresPerNode = 2;

    /// <summary>The jobs that the real instance made of the recorded jobspecs.</summary>
    public static TheoryData<string> Outcomes =>
    [
        .. from outcome in Recorded.Json("data/jobspecs/OUTCOMES.json").EnumerateObject()
           where outcome.Value.TryGetProperty("job", out _)
           select outcome.Name,
    ];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void A_record_counts_as_the_real_one_did(string name)
    {
        var real = Recorded.Json("data/jobspecs/OUTCOMES.json").GetProperty(name).GetProperty("job");
        var jobspec = Recorded.Json($"data/jobspecs/{name}.json");
        var events = new List<JobEvent> { new(1, "submit", JsonElement.Parse("""{"userid":1001,"urgency":16,"flags":0}""")) };
        JsonElement? r = null;
        if (real.TryGetProperty("ranks", out var ranks))
        {
            events.Add(new(2, "alloc", null));
            r = R(ranks.GetString()!, real.GetProperty("nodelist").GetString()!, real.GetProperty("ncores").GetInt32());
        }

        var record = JobReducerTests.Written(JobReducer.Apply(null, new(1, events, jobspec, r))!);
        foreach (var attribute in (string[])["ntasks", "ncores", "nnodes", "ranks", "nodelist", "name", "duration", "bank", "cwd", "queue"])
        {
            Assert.Equal(Value(real, attribute), Value(record, attribute));
        }
    }

    [Theory]
    [InlineData("[]", "Unable to determine slot count")]
    [InlineData("""[{"type":"slot","count":1}]""", "Unable to determine slot size")]
    [InlineData("""[{"type":"slot","count":0}]""", "Invalid count 0 for type 'slot'")]
    [InlineData("""[{"type":"slot"}]""", "level 0: a resource lacks its type or count")]
    [InlineData("""[{"type":"slot","count":"1-3"}]""", "level 0: a resource lacks its type or count")]
    [InlineData("""{}""", "level 0: must be an array")]
    [InlineData("""[{"type":"slot","count":1,"with":7}]""", "level 1: must be an array")]
    [InlineData("""[{"type":"node","count":2000000000,"with":[{"type":"slot","count":2000000000,"with":[{"type":"core","count":9}]}]}]""", "The counts exceed what a number can hold")]
    [InlineData("""[{"type":"slot","count":2000000000,"with":[{"type":"x","count":1}]},{"type":"core","count":9}]""", "The counts exceed what a number can hold")]
    public void What_cannot_be_counted_says_why(string resources, string expected)
    {
        Assert.False(JobspecCounts.TryRead(JsonElement.Parse($$"""{"resources":{{resources}}}"""), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_jobspec_without_resources_says_so()
    {
        Assert.False(JobspecCounts.TryRead(JsonElement.Parse("[]"), out _, out var error));
        Assert.Equal("at top level: Object item not found: resources", error);
    }

    [Fact]
    public void Deep_nesting_is_refused_before_it_exhausts_anything()
    {
        const int Depth = 5000;
        var deep = string.Concat(Enumerable.Repeat("""[{"type":"x","count":1,"with":""", Depth)) + "[]" + string.Concat(Enumerable.Repeat("}]", Depth));
        var jobspec = JsonElement.Parse($$"""{"resources":{{deep}}}""", new JsonDocumentOptions { MaxDepth = int.MaxValue });
        Assert.False(JobspecCounts.TryRead(jobspec, out _, out _));
    }

    [Theory]
    [InlineData("""{"type":"node"}""", 1, 0, null)]
    [InlineData("""{"type":"core","count":3}""", 0, 3, null)]
    [InlineData("""{"type":"rack","count":3}""", 0, 0, 2)]
    public void Tasks_counted_by_resource_wait_for_what_is_not_known(string perResource, int perNode, int perCore, int? tasks)
    {
        // Nodes decide what is known: without them the cores are, with them the nodes are.
        var slots = """{"type":"slot","count":2,"with":[{"type":"core","count":1}]}""";
        var resources = perCore > 0 ? $$"""[{"type":"node","count":1,"with":[{{slots}}]}]""" : $"[{slots}]";
        var jobspec = $$$"""{"resources":{{{resources}}},"attributes":{"system":{"shell":{"options":{"per-resource":{{{perResource}}} } } } } }""";
        Assert.True(JobspecCounts.TryRead(JsonElement.Parse(jobspec), out var counts, out _));
        Assert.Equal((perNode, perCore, tasks), (counts.TasksPerNode, counts.TasksPerCore, counts.Tasks));
    }

    private static string Value(JsonElement record, string attribute) => record.TryGetProperty(attribute, out var value) ? Recorded.Normal(value) : "absent";

    // The cores of a job on the recorded instance, two a node, as they must have been spread over its ranks.
    private static JsonElement R(string ranks, string hosts, int cores)
    {
        var entries = new List<string>();
        var left = cores;
        var all = FluxRestful.Core.Resources.IdSet.Parse(ranks).ToList();
        for (var at = 0; at < all.Count; at++)
        {
            var here = Math.Min(CoresPerNode, left - (all.Count - at - 1));
            entries.Add($$$"""{"rank":"{{{all[at]}}}","children":{"core":"{{{(here == 1 ? "0" : "0-1")}}}"}}""");
            left -= here;
        }

        return JsonElement.Parse($$$"""{"version":1,"execution":{"R_lite":[{{{string.Join(',', entries)}}}],"nodelist":["{{{hosts}}}"]}}""");
    }
}
