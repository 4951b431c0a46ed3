using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Problems;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

public sealed class ControlJobsTests
{
    private static readonly string[] Pending = ["pending"];
    private static readonly string[] Running = ["run"];

    [Fact]
    public async Task Each_job_that_is_named_has_its_own_answer()
    {
        await using var app = await ApiApp.StartAsync();
        var running = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        var ended = await SubmitAsync(app.Alice, "true", "INACTIVE");
        var ofBob = await SubmitAsync(app.Bob, "sleep 600");

        var outcome = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { ids = new[] { ended, running, ofBob, running }, reason = "enough" }, 207);

        Assert.Equal((1, 2), (outcome.GetProperty("done").GetInt32(), outcome.GetProperty("failed").GetInt32()));
        Assert.Equal(
            [(ended, 409, ProblemType.JobInactive.Uri), (running, 202, null), (ofBob, 404, ProblemType.UnknownJob.Uri)],
            outcome.GetProperty("items").EnumerateArray().Select(item =>
                (item.GetProperty("id").GetString()!, item.GetProperty("status").GetInt32(), item.TryGetProperty("type", out var type) ? type.GetString() : null)));
        await UntilAsync(app.Alice, running, "reason", "Canceled: enough");
        Assert.NotEqual("INACTIVE", (await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{ofBob}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_filter_means_ones_own_active_jobs_unless_more_is_said()
    {
        await using var app = await ApiApp.StartAsync();
        await SubmitAsync(app.Alice, "true", "INACTIVE");
        var running = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        var ofBob = await SubmitAsync(app.Bob, "sleep 600");

        Assert.Equal([running], await DryAsync(app.Alice, new { }));
        Assert.Equal([running], await DryAsync(app.Alice, new { scope = "all" }));
        Assert.Empty(await DryAsync(app.Alice, new { name = "true" }));
        Assert.Empty(await DryAsync(app.Alice, new { owner = "bob" }));
        Assert.Empty(await DryAsync(app.Operator, new { }));
        Assert.Equal([running, ofBob], await DryAsync(app.Operator, new { scope = "all", name = "sleep" }));
        Assert.Equal([ofBob], await DryAsync(app.Operator, new { owner = "bob" }));

        // Nothing has been done so far.
        Assert.Equal("RUN", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{running}")).GetProperty("state").GetString());
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { filter = new { name = "sleep" } }, 207);
        await UntilAsync(app.Alice, running, "result", "CANCELED");
    }

    [Fact]
    public async Task Hundreds_of_jobs_are_held_hurried_and_canceled_in_a_request_each()
    {
        const int jobs = 300;
        await using var app = await ApiApp.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => SubmitAsync(app.Alice, "sleep 600")));
        var filter = new { state = Pending };

        var held = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/hold", new { filter }, 207);
        Assert.InRange(held.GetProperty("done").GetInt32(), jobs - Environment.ProcessorCount, jobs);
        Assert.Equal(0, held.GetProperty("failed").GetInt32());
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/urgency", new { filter, urgency = 12 }, 207);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/release", new { filter }, 207);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/memo", new { filter, memo = new { sweep = 7 } }, 207);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/update", new { filter, duration = "5m" }, 207);
        var signaled = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/signal", new { filter = new { name = "sleep", state = Running }, signal = "USR1" }, 207);
        Assert.Equal(0, signaled.GetProperty("failed").GetInt32());
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { filter = new { } }, 207);
        await Fakes.Eventually.TrueAsync(
            async () => (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs?state=active")).GetProperty("matching").GetInt32() == 0, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task More_than_the_usual_urgency_is_refused_job_by_job_also_in_a_dry_run()
    {
        await using var app = await ApiApp.StartAsync();
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = (string[])["true"], urgency = 0 }, 201)).GetProperty("id").GetString()!;
        foreach (var dryRun in (bool[])[true, false])
        {
            foreach (var body in (object[])[new { ids = new[] { id }, urgency = 17, dryRun }, new { filter = new { }, urgency = 31, dryRun }])
            {
                var outcome = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/urgency", body, 207);
                var item = Assert.Single(outcome.GetProperty("items").EnumerateArray());
                Assert.Equal((403, ProblemType.Forbidden.Uri), (item.GetProperty("status").GetInt32(), item.GetProperty("type").GetString()));
            }
        }

        Assert.Equal("0", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("urgency").ToString());
        Assert.Equal(1, (await ApiApp.PostAsync(app.Operator, "/api/v1/jobs/urgency", new { ids = new[] { id }, urgency = 17 }, 207)).GetProperty("done").GetInt32());
        await UntilAsync(app.Alice, id, "urgency", "17");
    }

    [Theory]
    [InlineData("cancel", "{}", "ids")]
    [InlineData("cancel", """{"ids":[],"filter":{}}""", "ids")]
    [InlineData("cancel", """{"ids":["nonsense"]}""", "ids")]
    [InlineData("cancel", """{"filter":{"state":["walking"]}}""", "filter.state")]
    [InlineData("cancel", """{"filter":{"colour":"red"}}""", "filter.colour")]
    [InlineData("cancel", """{"filter":{},"signal":"TERM"}""", "signal")]
    [InlineData("signal", """{"filter":{}}""", "signal")]
    [InlineData("urgency", """{"filter":{},"urgency":99}""", "urgency")]
    [InlineData("memo", """{"filter":{}}""", "memo")]
    public async Task What_is_wrong_is_said_by_member(string verb, string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var problem = await ApiApp.ReadAsync(await app.Alice.PostAsync($"/api/v1/jobs/{verb}", content, TestContext.Current.CancellationToken), 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task More_than_ten_thousand_at_once_are_too_many()
    {
        await using var app = await ApiApp.StartAsync();
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { ids = Enumerable.Range(1, 10_001).Select(id => $"{id}"), dryRun = true }, 400);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/cancel", new { ids = Enumerable.Range(1, 10_000).Select(id => $"{id}"), dryRun = true }, 207);
    }

    [Fact]
    public async Task Who_only_looks_may_not()
    {
        await using var app = await ApiApp.StartAsync();
        var answer = await app.Viewer.PostAsJsonAsync("/api/v1/jobs/cancel", new { filter = new { } }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static async Task<string[]> DryAsync(HttpClient client, object filter)
    {
        JsonElement outcome = await ApiApp.PostAsync(client, "/api/v1/jobs/cancel", new { filter, dryRun = true }, 207);
        Assert.True(outcome.GetProperty("dryRun").GetBoolean());
        return [.. outcome.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }
}
