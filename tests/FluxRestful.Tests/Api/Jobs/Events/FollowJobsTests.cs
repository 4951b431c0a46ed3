using System.Net;
using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Tests.Fakes;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Events;

public sealed class FollowJobsTests
{
    private static readonly string[] Life = ["submit", "validate", "depend", "priority", "alloc", "start", "finish", "release", "free", "clean"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_follows_its_own_jobs_and_an_operator_everybodys()
    {
        await using var app = await ApiApp.StartAsync();
        using var alice = await EventReader.OpenAsync(app.Alice, "/api/v1/events");
        using var oscar = await EventReader.OpenAsync(app.Operator, "/api/v1/events");
        Assert.Equal("ready", (await alice.NextAsync())!.Value.Kind);

        var ofBob = await SubmitAsync(app.Bob, "true", "INACTIVE");
        var ofAlice = await SubmitAsync(app.Alice, "true");

        // Bob's whole job was there before: nothing of it has been told here.
        var first = (await alice.NextAsync())!.Value;
        Assert.Equal(("job", ofAlice, "submit"), (first.Kind, first.Data.GetProperty("id").GetString(), first.Data.GetProperty("event").GetString()));
        Assert.Equal(Life[1..], (await alice.UntilAsync(ofAlice, "clean")).Where(Life.Contains));
        Assert.Equal(Life, (await oscar.UntilAsync(ofBob, "clean")).Where(Life.Contains));
        Assert.Equal(Life, (await oscar.UntilAsync(ofAlice, "clean")).Where(Life.Contains));
    }

    [Fact]
    public async Task Who_comes_back_with_the_last_id_has_no_gap_and_no_repetition()
    {
        await using var app = await ApiApp.StartAsync();
        string last;
        using (var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events"))
        {
            await reader.NextAsync();
            last = reader.LastId;
        }

        var seen = new List<string>();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");
        while (seen.Count == 0 || seen[^1] != "clean")
        {
            // A connection that is cut after each event.
            using var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events", last);
            var (kind, data) = (await reader.NextAsync())!.Value;
            Assert.Equal(("job", id), (kind, data.GetProperty("id").GetString()));
            seen.Add(data.GetProperty("event").GetString()!);
            last = reader.LastId;
        }

        Assert.Equal(Life, seen.Where(Life.Contains));
    }

    [Fact]
    public async Task A_job_is_followed_to_its_end_and_no_further()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        using var reader = await EventReader.OpenAsync(app.Alice, $"/api/v1/jobs/{id}/events");
        var ready = (await reader.NextAsync())!.Value;
        Assert.Equal(("ready", "RUN"), (ready.Kind, ready.Data.GetProperty("state").GetString()));

        await SubmitAsync(app.Alice, "true", "INACTIVE");
        await app.Alice.DeleteAsync($"/api/v1/jobs/{id}", Token);

        Assert.Contains("exception", await reader.UntilAsync(id, "clean"));
        var last = reader.LastId;
        Assert.Null(await reader.NextAsync());

        using var late = await EventReader.OpenAsync(app.Alice, $"/api/v1/jobs/{id}/events");
        var over = (await late.NextAsync())!.Value.Data;
        Assert.Equal(("INACTIVE", "CANCELED"), (over.GetProperty("state").GetString(), over.GetProperty("result").GetString()));
        Assert.Null(await late.NextAsync());
        using var back = await EventReader.OpenAsync(app.Alice, $"/api/v1/jobs/{id}/events", last);
        Assert.Null(await back.NextAsync());
    }

    [Fact]
    public async Task The_same_comes_as_lines_of_json()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Alice, "true", "INACTIVE");
        using var response = await EventReader.SendAsync(app.Alice, $"/api/v1/jobs/{id}/events", accept: "application/x-ndjson");
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType!.MediaType);
        var line = Assert.Single((await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("COMPLETED", JsonElement.Parse(line).GetProperty("status").GetString());

        using var neither = await EventReader.SendAsync(app.Alice, $"/api/v1/jobs/{id}/events", accept: "image/png");
        Assert.Equal(HttpStatusCode.NotAcceptable, neither.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_job_is_not_followed()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await SubmitAsync(app.Bob, "sleep 600");
        var problem = await ApiApp.ReadAsync(await EventReader.SendAsync(app.Alice, $"/api/v1/jobs/{id}/events"), 404);
        Assert.Equal(ProblemType.UnknownJob.Uri, problem.GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_silent_stream_says_that_it_is_alive()
    {
        await using var app = await ApiApp.StartAsync(("Events:Heartbeat", "0.02"));
        using var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events");
        await reader.NextAsync();
        var next = reader.NextAsync();
        await Eventually.TrueAsync(() => reader.Heartbeats > 2, Token);
        await SubmitAsync(app.Alice, "true");
        Assert.Equal("job", (await next)!.Value.Kind);
    }

    [Fact]
    public async Task Lines_of_json_say_it_with_empty_ones()
    {
        await using var app = await ApiApp.StartAsync(("Events:Heartbeat", "0.02"));
        using var response = await EventReader.SendAsync(app.Alice, "/api/v1/events", accept: "application/x-ndjson");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal("ready", JsonElement.Parse((await lines.ReadLineAsync(Token))!).GetProperty("event").GetString());
        Assert.Equal("", await lines.ReadLineAsync(Token));
        Assert.Equal("", await lines.ReadLineAsync(Token));
    }

    [Fact]
    public async Task Streams_and_waits_are_bounded_and_who_leaves_makes_room()
    {
        await using var app = await ApiApp.StartAsync(("Events:StreamsPerTenant", "1"));
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        using (var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events"))
        {
            await reader.NextAsync();
            var problem = await ApiApp.ReadAsync(await EventReader.SendAsync(app.Alice, "/api/v1/events"), 429);
            Assert.Equal(ProblemType.TooManyRequests.Uri, problem.GetProperty("type").GetString());
            await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}?wait=ended", 429);
            using var bob = await EventReader.OpenAsync(app.Bob, "/api/v1/events");
        }

        await Eventually.TrueAsync(async () => (await EventReader.SendAsync(app.Alice, "/api/v1/events")).StatusCode == HttpStatusCode.OK, Token);
    }

    [Fact]
    public async Task After_the_broker_was_away_followers_begin_anew()
    {
        const string caughtUp = """{"id":-1,"events":[]}""";
        await using var broker = new FakeBroker();
        Serve();
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        using var reader = await EventReader.OpenAsync(app.Superuser, "/api/v1/events");
        await reader.NextAsync();
        var before = reader.LastId;

        await broker.StopAsync();
        Serve();
        broker.Restart();

        Assert.Equal("reset", (await reader.NextAsync())!.Value.Kind);
        using var back = await EventReader.OpenAsync(app.Superuser, "/api/v1/events", before);
        Assert.Equal("reset", (await back.NextAsync())!.Value.Kind);

        void Serve() => broker.On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync(caughtUp);
            await call.Cancelled;
        });
    }

    [Fact]
    public async Task A_stream_ends_in_time_for_its_follower_to_sign_in_again()
    {
        await using var app = await ApiApp.StartAsync(("Events:LongestMinutes", "0.001"));
        using var reader = await EventReader.OpenAsync(app.Alice, "/api/v1/events");
        await reader.NextAsync();
        Assert.Null(await reader.NextAsync());
    }
}
