using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Usage;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Usage;

public sealed class UsageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_sees_its_own_use_and_whoever_sees_all_jobs_sees_everybodys()
    {
        await using var app = await ApiApp.StartAsync();
        await RunAsync(app.Alice, "true");
        await RunAsync(app.Bob, "false");
        var own = Assert.Single((await ApiApp.GetAsync(app.Alice, "/api/v1/usage")).GetProperty("tenants").EnumerateArray());
        Assert.Equal(("alice", 1, 0.0), (own.GetProperty("user").GetString(), own.GetProperty("completed").GetInt32(), own.GetProperty("failureShare").GetDouble()));
        var all = (await ApiApp.GetAsync(app.Superuser, "/api/v1/usage?range=all")).GetProperty("tenants").EnumerateArray().ToList();
        Assert.Equal(["alice", "bob", TestApp.Superuser], all.Select(row => row.GetProperty("user").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(1.0, all.Single(row => row.GetProperty("user").GetString() == "bob").GetProperty("failureShare").GetDouble());
        await ApiApp.GetAsync(app.Alice, "/api/v1/usage?range=1y", 400);
        using var csv = await app.Alice.GetAsync("/usage.csv", Token);
        Assert.Contains("\r\nalice,", await csv.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain("bob", await csv.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_lies_within_the_time_is_counted()
    {
        var work = new TenantWork(1000, 2000);
        work.Add(Job(JobState.Inactive, JobResult.Completed, run: 100, over: 900));
        work.Add(Job(JobState.Inactive, JobResult.Failed, run: 900, over: 1100));
        work.Add(Job(JobState.Run, JobResult.None, run: 1900, over: null));
        work.Add(Job(JobState.Inactive, JobResult.Canceled, run: null, over: 1500));
        work.Add(Job(JobState.Sched, JobResult.None, run: null, over: null));
        Assert.Equal(4 * (100 + 100), work.CoreSeconds);
        Assert.Equal(1 * (100 + 100), work.GpuSeconds);
        Assert.Equal((2, 1, 2, 1.0), (work.Ended, work[JobGroup.Failed], work.Active, work.FailureShare));
    }

    private static JobRecord Job(JobState state, JobResult result, double? run, double? over) => new()
    {
        Id = new JobId(1),
        State = state,
        Result = result,
        TSubmit = 50,
        TRun = run,
        TInactive = over,
        NCores = 4,
        NGpus = 1,
    };

    private static async Task RunAsync(HttpClient client, string program)
    {
        var id = (await ApiApp.PostAsync(client, "/api/v1/jobs", new { command = (string[])[program] }, 201)).GetProperty("id").GetString();
        await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(client, $"/api/v1/jobs/{id}")).GetProperty("state").GetString() == "INACTIVE", Token);
    }
}
