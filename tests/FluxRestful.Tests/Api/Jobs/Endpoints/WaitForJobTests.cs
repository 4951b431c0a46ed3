using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

public sealed class WaitForJobTests
{
    [Fact]
    public async Task The_answer_comes_when_the_job_is_there()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600");
        var running = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=running");
        Assert.Equal("RUN", running.GetProperty("state").GetString());

        var ending = ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=60");
        await app.Alice.DeleteAsync($"/api/v1/jobs/{id}", TestContext.Current.CancellationToken);

        Assert.Equal("CANCELED", (await ending).GetProperty("result").GetString());
        Assert.Equal("INACTIVE", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=sched")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task When_the_time_is_up_the_answer_is_the_job_as_it_is()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        Assert.Equal("RUN", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=0.05")).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("wait=later", "wait")]
    [InlineData("wait=16", "wait")]
    [InlineData("wait=pending", "wait")]
    [InlineData("wait=ended&timeout=61", "timeout")]
    [InlineData("wait=ended&timeout=-1", "timeout")]
    [InlineData("wait=ended&timeout=NaN", "timeout")]
    public async Task What_is_no_wait_is_refused(string query, string field)
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/f1234?{query}", 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    [Fact]
    public async Task A_hundred_wait_for_one_job_and_all_are_told()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        var waits = Enumerable.Range(0, 100).Select(_ => ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended&timeout=60")).ToList();
        await app.Operator.DeleteAsync($"/api/v1/jobs/{id}", TestContext.Current.CancellationToken);
        Assert.All(await Task.WhenAll(waits), job => Assert.Equal("CANCELED", job.GetProperty("result").GetString()));
    }
}
