using System.Net.Http.Headers;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

public sealed class StoredJobTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_job_tells_its_command_and_what_it_asked_for()
    {
        await using var app = await ApiApp.StartAsync();
        var job = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{await SubmitAsync(app.Alice, "echo hello", "INACTIVE")}");
        Assert.Equal(["echo", "hello"], job.GetProperty("command").EnumerateArray().Select(word => word.GetString()));
        Assert.Equal(1, job.GetProperty("asked").GetProperty("tasks").GetInt32());
    }

    [Fact]
    public async Task The_jobspec_is_told_without_the_environment()
    {
        await using var app = await ApiApp.StartAsync();
        var jobspec = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{await SubmitAsync(app.Alice, "true", "INACTIVE")}/jobspec");
        Assert.Equal(1, jobspec.GetProperty("version").GetInt32());
        Assert.False(jobspec.GetProperty("attributes").GetProperty("system").TryGetProperty("environment", out _));
    }

    [Fact]
    public async Task Resources_are_there_once_the_job_has_some()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        Assert.Equal(1, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/R")).GetProperty("version").GetInt32());

        for (var i = 1; i < Environment.ProcessorCount; i++)
        {
            await SubmitAsync(app.Alice, "sleep 600", "RUN");
        }

        var waiting = await SubmitAsync(app.Alice, "sleep 600", "SCHED");
        var problem = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{waiting}/R", 404);
        Assert.Equal(ProblemType.NotFound.Uri, problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_event_log_is_an_array_or_lines()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");
        var names = (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/eventlog")).EnumerateArray().Select(entry => entry.GetProperty("name").GetString()!).ToList();
        Assert.Equal(("submit", "clean"), (names[0], names[^1]));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}/eventlog");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        var text = await (await app.Alice.SendAsync(request, Token)).Content.ReadAsStringAsync(Token);
        Assert.Equal(names, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JobEvent.Parse(line).Name));
    }

    [Fact]
    public async Task Nothing_of_it_is_told_to_strangers()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Bob, "true", "INACTIVE");
        foreach (var part in (string[])["jobspec", "R", "eventlog"])
        {
            Assert.Equal(ProblemType.UnknownJob.Uri, (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}/{part}", 404)).GetProperty("type").GetString());
        }
    }
}
