using System.Text.Json.Nodes;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Tenants;

/// <summary>How big a job is that is put together by hand, on an instance of four nodes.</summary>
public sealed class JobSizeLimitsTests
{
    private const string Core = """{"type":"core","count":1}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, 3)]
    // More slots than nodes: all nodes.
    [InlineData(100, 4)]
    public async Task A_job_that_names_no_nodes_counts_as_many_as_it_might_be_given(int slots, int? spread)
    {
        var slot = $$"""{"type":"slot","count":{{slots}},"label":"task","with":[{{Core}}]}""";
        var limit = await TooBigAsync(new() { Nodes = 2 }, slot);
        Assert.Equal(spread is null ? null : ("nodes", (double)spread), limit);
        // All that there are is no limit.
        Assert.Null(await TooBigAsync(new() { Nodes = 4 }, slot));
    }

    [Fact]
    public async Task A_job_that_names_its_nodes_counts_those_however_many_slots_it_has()
    {
        Assert.Null(await TooBigAsync(new() { Nodes = 2 }, Nodes(2)));
        Assert.Equal(("nodes", 3.0), await TooBigAsync(new() { Nodes = 2 }, Nodes(3)));

        static string Nodes(int count) => $$"""{"type":"node","count":{{count}},"with":[{"type":"slot","count":50,"label":"task","with":[{{Core}}]}]}""";
    }

    [Theory]
    // The last one would be counted, and the first one given as well.
    [InlineData("""{"type":"slot","count":50,"label":"a","with":[CORE]},{"type":"slot","count":1,"label":"b","with":[CORE]}""")]
    [InlineData("""{"type":"node","count":1,"with":[{"type":"slot","count":50,"label":"a","with":[CORE]},{"type":"slot","count":1,"label":"b","with":[CORE]}]}""")]
    [InlineData("""{"type":"slot","count":1,"label":"a","with":[{"type":"socket","count":8,"with":[CORE]}]}""")]
    [InlineData("""{"type":"socket","count":50,"with":[{"type":"slot","count":1,"label":"a","with":[CORE]}]}""")]
    [InlineData("""{"type":"slot","count":1,"label":"a","with":[{"type":"core","count":50},CORE]}""")]
    [InlineData("""{"type":"slot","count":1,"label":"a","with":[{"type":"core","count":50,"with":[CORE]}]}""")]
    [InlineData("""{"type":"slot","count":1,"label":"a","with":[{"type":"node","count":50,"with":[CORE]}]}""")]
    [InlineData("""{"type":["slot"],"count":1}""")]
    [InlineData("7")]
    [InlineData("")]
    public async Task What_cannot_be_counted_is_refused_to_whoever_has_a_limit(string resources)
    {
        resources = resources.Replace("CORE", Core, StringComparison.Ordinal);
        Assert.NotNull(await TooBigAsync(new() { Cores = 10 }, resources));
        Assert.NotNull(await TooBigAsync(new() { Nodes = 10 }, resources));
        Assert.Null(await TooBigAsync(new() { ActiveJobs = 10 }, resources));
    }

    // Which limit is in the way, and what the job counts.
    private static async Task<(string, double)?> TooBigAsync(TenantLimits limits, string resources)
    {
        await using var broker = new FakeBroker();
        broker.On("job-manager.events-journal", call => call.Cancelled);
        const string none = """{"version":1,"execution":{"R_lite":[],"starttime":0.0,"expiration":0.0,"nodelist":[""]}}""";
        const string four = """{"version":1,"execution":{"R_lite":[{"rank":"0-3","children":{"core":"0-1"}}],"starttime":0.0,"expiration":0.0,"nodelist":["n[0-3]"]}}""";
        broker.Answers("resource.sched-status", $$"""{"all":{{four}},"down":{{none}},"allocated":{{none}}}""");
        await using var app = new TestApp { Settings = { ["FLUX_URI"] = broker.Uri } };
        var sizes = app.Services.GetRequiredService<JobSizeLimits>();
        await Eventually.TrueAsync(() => broker.Requests.Any(request => request.Topic == "job-manager.events-journal"), Token);
        var jobspec = JsonNode.Parse($$$"""{"resources":[{{{resources}}}],"tasks":[{"count":{"per_slot":1}}],"attributes":{"system":{}},"version":1}""")!.AsObject();
        try
        {
            await sizes.ApplyAsync(limits, jobspec, Token);
            return null;
        }
        catch (QuotaExceededException refused)
        {
            return (refused.Limit.Name, refused.Limit.Use);
        }
    }
}
