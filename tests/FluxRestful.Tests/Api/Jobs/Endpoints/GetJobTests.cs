using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

/// <summary>One job; what flux-rest-server's t1005 says of it holds here.</summary>
public sealed partial class GetJobTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_job_has_a_state_no_result_and_a_time_to_ask_again()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");

        var response = await app.Alice.GetAsync($"/api/v1/jobs/{id}", Token);
        var job = await ApiApp.ReadAsync(response, 200);

        Assert.Equal((id, "RUN", "alice"), (job.GetProperty("id").GetString(), job.GetProperty("state").GetString(), job.GetProperty("owner").GetString()));
        Assert.False(job.TryGetProperty("result", out _));
        Assert.False(job.TryGetProperty("ended", out _));
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
        Assert.Equal(["NEW", "DEPEND", "PRIORITY", "SCHED", "RUN"], job.GetProperty("timeline").EnumerateArray().Select(moment => moment.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_completed_job_says_how_it_ended_and_that_it_needs_no_asking()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");

        var response = await app.Alice.GetAsync($"/api/v1/jobs/{id}", Token);
        var job = await ApiApp.ReadAsync(response, 200);

        Assert.Null(response.Headers.RetryAfter);
        Assert.Equal(("INACTIVE", "COMPLETED", "true", 1), (job.GetProperty("state").GetString(), job.GetProperty("result").GetString(), job.GetProperty("name").GetString(), job.GetProperty("ntasks").GetInt32()));
        Assert.Equal("Exit 0", job.GetProperty("reason").GetString());
        Assert.True(job.GetProperty("started").GetDateTimeOffset() <= job.GetProperty("ended").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_failed_job_has_its_return_code()
    {
        await using var app = await ApiApp.StartAsync();
        var job = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{await SubmitAsync(app.Alice, "false", "INACTIVE")}");
        Assert.Equal(("FAILED", 1), (job.GetProperty("result").GetString(), job.GetProperty("returncode").GetInt32()));
    }

    [Fact]
    public async Task An_id_is_taken_in_every_encoding_and_given_in_one()
    {
        await using var app = await ApiApp.StartAsync();
        var id = JobId.Parse(await SubmitAsync(app.Alice, "true", "INACTIVE"));

        foreach (var format in Enum.GetValues<JobIdFormat>())
        {
            var job = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{Uri.EscapeDataString(id.ToString(format))}");
            Assert.Matches(PlainF58(), job.GetProperty("id").GetString());
            Assert.Equal(id.ToString(), job.GetProperty("id").GetString());
            Assert.Equal(id.ToString(JobIdFormat.Dec), job.GetProperty("decimalId").GetString());
            Assert.False(job.TryGetProperty("jobid", out _));
        }
    }

    [Fact]
    public async Task What_is_no_id_is_a_bad_request()
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, "/api/v1/jobs/not-a-real-id", 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty("id", out _));
    }

    [Fact]
    public async Task Somebody_elses_job_is_as_unknown_as_one_that_never_was()
    {
        await using var app = await ApiApp.StartAsync();
        var ofBob = await SubmitAsync(app.Bob, "true", "INACTIVE");

        var theirs = await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{ofBob}", 404);
        var none = await ApiApp.GetAsync(app.Alice, "/api/v1/jobs/f1234", 404);

        Assert.Equal(ProblemType.UnknownJob.Uri, none.GetProperty("type").GetString());
        Assert.Equal(Without(none, "f1234"), Without(theirs, ofBob));

        static string Without(JsonElement problem, string id) =>
            problem.GetRawText().Replace(id, "ID", StringComparison.Ordinal).Replace(problem.GetProperty("traceId").GetString()!, "TRACE", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_prefix_that_is_encoded_is_no_prefix()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.GetAsync($"/api%2Fv1/jobs/{id}", Token)).StatusCode);
    }

    [Fact]
    public async Task Who_knows_the_job_already_is_told_that_nothing_is_new()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        var running = (await app.Alice.GetAsync($"/api/v1/jobs/{id}", Token)).Headers.ETag!;
        Assert.True(running.IsWeak);

        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(app.Alice, id, running.ToString())).StatusCode);
        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel");
        await RestfulApp.WaitAsync(app.Alice, JobId.Parse(id).Value, "INACTIVE");

        var ended = await AskAsync(app.Alice, id, running.ToString());
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.False(ended.Headers.ETag!.IsWeak);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(app.Alice, id, ended.Headers.ETag.ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAsync(app.Alice, id, "*")).StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string id, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/jobs/{id}");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await client.SendAsync(request, Token);
    }

    private static async Task<string> SubmitAsync(HttpClient client, string command, string state)
    {
        var id = await RestfulApp.SubmitAsync(client, command);
        await RestfulApp.WaitAsync(client, id, state);
        return new JobId(id).ToString();
    }

    [GeneratedRegex("^f[A-Za-z0-9]+$")]
    private static partial Regex PlainF58();
}
