using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

/// <summary>What is done to one job; what flux-rest-server's t1004 says of canceling holds here.</summary>
public sealed class ControlJobTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("?reason=test+cancel", "Canceled: test cancel")]
    [InlineData("", "Canceled")]
    public async Task A_running_job_is_canceled_with_a_reason_or_without(string query, string reason)
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");

        var answer = await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{id}{query}", Token), 202);

        Assert.Equal((id, "cancel requested"), (answer.GetProperty("id").GetString(), answer.GetProperty("status").GetString()));
        await UntilAsync(app.Alice, id, "result", "CANCELED");
        await UntilAsync(app.Alice, id, "reason", reason);
    }

    [Theory]
    [InlineData(JobIdFormat.Dec)]
    [InlineData(JobIdFormat.F58Unicode)]
    public async Task A_job_is_canceled_by_any_form_of_its_id(JobIdFormat format)
    {
        await using var app = await ApiApp.StartAsync();
        var id = JobId.Parse(await SubmitAsync(app.Alice, "sleep 600", "RUN"));
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{Uri.EscapeDataString(id.ToString(format))}", Token), 202);
        await UntilAsync(app.Alice, id.ToString(), "result", "CANCELED");
    }

    [Fact]
    public async Task What_cannot_be_canceled_says_why()
    {
        await using var app = await ApiApp.StartAsync();
        var ended = await SubmitAsync(app.Alice, "true", "INACTIVE");

        Assert.Equal(ProblemType.JobInactive.Uri, await TypeAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{ended}", Token), 409));
        Assert.Equal(ProblemType.UnknownJob.Uri, await TypeAsync(await app.Alice.DeleteAsync("/api/v1/jobs/999999999999", Token), 404));
        Assert.Equal(ProblemType.InvalidRequest.Uri, await TypeAsync(await app.Alice.DeleteAsync("/api/v1/jobs/not-a-real-id", Token), 400));
        Assert.Equal(ProblemType.InvalidRequest.Uri, await TypeAsync(await app.Alice.DeleteAsync($"/api/v1/jobs/{ended}?reason={new string('x', 1001)}", Token), 400));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.DeleteAsync($"/api%2Fv1/jobs/{ended}", Token)).StatusCode);
    }

    [Fact]
    public async Task Every_verb_treats_somebody_elses_job_as_one_that_never_was()
    {
        await using var app = await ApiApp.StartAsync();
        var ofBob = await SubmitAsync(app.Bob, "sleep 600", "RUN");
        foreach (var (verb, body) in Verbs)
        {
            var theirs = await DoAsync(app.Alice, ofBob, verb, body);
            var none = await DoAsync(app.Alice, "f1234", verb, body);
            Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
            Assert.Equal(await WithoutAsync(none, "f1234"), await WithoutAsync(theirs, ofBob));
        }

        Assert.Equal("RUN", (await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{ofBob}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_only_looks_may_do_nothing_and_an_operator_may_do_it_to_everybodys_jobs()
    {
        await using var app = await ApiApp.StartAsync();
        var ofBob = await SubmitAsync(app.Bob, "sleep 600", "RUN");
        foreach (var (verb, body) in Verbs)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await DoAsync(app.Viewer, ofBob, verb, body)).StatusCode);
        }

        await ApiApp.ReadAsync(await app.Operator.DeleteAsync($"/api/v1/jobs/{ofBob}", Token), 202);
        await UntilAsync(app.Bob, ofBob, "result", "CANCELED");
    }

    // The signal is sent as early as can be: Flux would lose it (surprise 11).
    [Fact]
    public async Task A_signal_reaches_the_tasks_even_in_the_first_moments()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");

        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/signal", new { signal = "SIGKILL" });

        await UntilAsync(app.Alice, id, "returncode", "137");
    }

    [Fact]
    public async Task A_job_whose_tasks_do_not_start_in_time_cannot_be_signaled_yet()
    {
        await using var broker = new FakeBroker();
        broker.On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync("""
                {"id":1,"events":[{"timestamp":1,"name":"submit","context":{"userid":1,"urgency":16,"flags":0}},{"timestamp":2,"name":"validate"},
                {"timestamp":3,"name":"depend"},{"timestamp":4,"name":"priority","context":{"priority":16}},{"timestamp":5,"name":"alloc"}]}
                """);
            await call.RespondAsync("""{"id":-1,"events":[]}""");
            await call.Cancelled;
        });
        broker.On("job-info.eventlog-watch", call => call.Cancelled);
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri), ("Jobs:SignalPatience", "0.1"));

        var problem = await ApiApp.PostAsync(app.Superuser, "/api/v1/jobs/f2/signal", new { signal = "TERM" }, 409);

        Assert.Equal(ProblemType.JobStarting.Uri, problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("retryable").GetBoolean());
        Assert.Empty(broker.PayloadsOf("job-manager.kill"));
    }

    [Fact]
    public async Task A_waiting_job_is_held_released_and_hurried()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await WaitingAsync(app.Alice);

        await DoOkAsync(app.Alice, id, "hold", null);
        await UntilAsync(app.Alice, id, "urgency", "0");
        await UntilAsync(app.Alice, id, "reason", "held");
        await DoOkAsync(app.Alice, id, "release", null);
        await UntilAsync(app.Alice, id, "urgency", "16");
        await DoOkAsync(app.Alice, id, "urgency", new { urgency = 7 });
        await UntilAsync(app.Alice, id, "urgency", "7");
        await DoOkAsync(app.Alice, id, "urgency", new { urgency = 16 });
        await UntilAsync(app.Alice, id, "urgency", "16");
        Assert.Equal(ProblemType.WrongJobState.Uri, await TypeAsync(await DoAsync(app.Alice, id, "signal", new { signal = "TERM" }), 409));
    }

    // Submitting has the same rule: SubmitTests.
    [Fact]
    public async Task More_than_the_usual_urgency_is_for_those_who_control_everybodys_jobs()
    {
        await using var app = await ApiApp.StartAsync();
        var later = new { command = (string[])["true"], urgency = 0, dependencies = (string[])["begin-time:+1h"] };
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", later, 201)).GetProperty("id").GetString()!;

        var problem = await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/urgency", new { urgency = 17 }, 403);
        Assert.Equal(ProblemType.Forbidden.Uri, problem.GetProperty("type").GetString());
        Assert.Equal("An urgency of more than 16 is for operators and superusers.", problem.GetProperty("detail").GetString());
        Assert.Equal("0", (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("urgency").ToString());

        await DoOkAsync(app.Operator, id, "urgency", new { urgency = 31 });
        await UntilAsync(app.Alice, id, "urgency", "31");
        Assert.Equal(ProblemType.Forbidden.Uri, await TypeAsync(await DoAsync(app.Alice, id, "urgency", new { urgency = 30 }), 403));
        await DoOkAsync(app.Alice, id, "hold", null);
        await UntilAsync(app.Alice, id, "urgency", "0");
    }

    [Fact]
    public async Task A_running_job_is_not_held()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        Assert.Equal(ProblemType.WrongJobState.Uri, await TypeAsync(await DoAsync(app.Alice, id, "hold", null), 409));
    }

    [Fact]
    public async Task A_time_limit_is_set_and_stretched()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");

        Assert.Equal(ProblemType.Refused.Uri, await TypeAsync(await DoAsync(app.Alice, id, "update", new { duration = "+1m" }), 400));
        await DoOkAsync(app.Alice, id, "update", new { duration = "10m" });
        await UntilAsync(app.Alice, id, "duration", "600");
        await DoOkAsync(app.Alice, id, "update", new { duration = "+90s" });
        await UntilAsync(app.Alice, id, "duration", "690");
        Assert.Equal(ProblemType.WrongJobState.Uri, await TypeAsync(await DoAsync(app.Alice, id, "update", new { queue = "batch" }), 409));
    }

    [Fact]
    public async Task A_memo_is_noted_and_taken_away()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");

        await DoOkAsync(app.Alice, id, "memo", new { step = 3, mood = "good" });
        await Eventually.TrueAsync(async () => await UserAsync() == """{"step":3,"mood":"good"}""", Token);
        await DoOkAsync(app.Alice, id, "memo", new { mood = (string?)null });
        await Eventually.TrueAsync(async () => await UserAsync() == """{"step":3}""", Token);

        async Task<string?> UserAsync() =>
            (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).TryGetProperty("annotations", out var notes) && notes.TryGetProperty("user", out var user) ? user.GetRawText() : null;
    }

    [Theory]
    [InlineData("signal", """{"signal":"SIGNOTHING"}""", "signal")]
    [InlineData("signal", """{"signal":"TERM","sginal":1}""", "sginal")]
    [InlineData("urgency", """{"urgency":32}""", "urgency")]
    [InlineData("urgency", """{"urgency":"16"}""", "urgency")]
    [InlineData("update", "{}", "duration")]
    [InlineData("update", """{"duration":"soon"}""", "duration")]
    [InlineData("memo", "[1]", "memo")]
    public async Task What_is_wrong_with_a_command_is_said_by_member(string verb, string body, string field)
    {
        await using var app = await ApiApp.StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var problem = await ApiApp.ReadAsync(await app.Alice.PostAsync($"/api/v1/jobs/f1234/{verb}", content, Token), 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.GetRawText());
    }

    private static IEnumerable<(string Verb, object? Body)> Verbs =>
    [
        ("", null), ("signal", new { signal = "TERM" }), ("hold", null), ("release", null), ("urgency", new { urgency = 1 }), ("update", new { duration = "1m" }),
        ("memo", new { a = 1 }),
    ];

    // The whole machine is taken, and more: it waits.
    private static async Task<string> WaitingAsync(HttpClient client)
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            await SubmitAsync(client, "sleep 600", "RUN");
        }

        return await SubmitAsync(client, "sleep 600", "SCHED");
    }

    private static Task<HttpResponseMessage> DoAsync(HttpClient client, string id, string verb, object? body) =>
        verb.Length == 0 ? client.DeleteAsync($"/api/v1/jobs/{id}", Token)
        : body is null ? client.PostAsync($"/api/v1/jobs/{id}/{verb}", null, Token)
        : client.PostAsJsonAsync($"/api/v1/jobs/{id}/{verb}", body, Token);

    private static async Task DoOkAsync(HttpClient client, string id, string verb, object? body) =>
        Assert.Equal(id, (await ApiApp.ReadAsync(await DoAsync(client, id, verb, body), 200)).GetProperty("id").GetString());

    private static async Task<string?> TypeAsync(HttpResponseMessage response, int status) => (await ApiApp.ReadAsync(response, status)).GetProperty("type").GetString();

    private static async Task<string> WithoutAsync(HttpResponseMessage response, string id)
    {
        var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token));
        return problem.GetRawText().Replace(id, "ID", StringComparison.Ordinal).Replace(problem.GetProperty("traceId").GetString()!, "TRACE", StringComparison.Ordinal);
    }
}
