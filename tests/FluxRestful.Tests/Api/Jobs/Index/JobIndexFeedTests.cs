using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Core.Rpc;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Jobs.Index;

/// <summary>How the index keeps up with a broker that is scripted here, event by event.</summary>
public sealed class JobIndexFeedTests
{
    private const string CaughtUp = """{"id":-1,"events":[]}""";

    private const string StillPending = """{"id":1,"eventlog":"{\"timestamp\":1,\"name\":\"submit\"}\n"}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_backlog_comes_in_any_order_and_is_shown_when_it_is_complete()
    {
        await using var broker = new FakeBroker();
        var release = new TaskCompletionSource();
        broker.On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync(Submitted(3));
            await call.RespondAsync(Submitted(1));
            await release.Task;
            await call.RespondAsync(Submitted(2));
            await call.RespondAsync(CaughtUp);
        });
        await using var app = await RestfulApp.StartAsync(broker.Uri);

        var listing = IdsAsync(app.Superuser);
        Assert.False(listing.IsCompleted);
        release.SetResult();

        Assert.Equal([1ul, 2, 3], (await listing).Order().ToList());
    }

    [Fact]
    public async Task Live_events_are_followed()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker);
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        var call = await journal;

        await call.RespondAsync(Submitted(1));
        await Eventually.TrueAsync(async () => (await IdsAsync(app.Superuser)).Count == 1, Token);
        await call.RespondAsync(Event(1, "depend"));
        await call.RespondAsync(Event(1, "priority", """{"priority":16}"""));
        await Eventually.TrueAsync(async () => await StateAsync(app.Superuser, 1) == "SCHED", Token);
        await call.RespondAsync(Event(1, "exception", """{"type":"cancel","severity":0,"note":""}"""));
        await call.RespondAsync(Event(1, "clean"));

        await Eventually.TrueAsync(async () => await StateAsync(app.Superuser, 1) == "INACTIVE", Token);
    }

    [Fact]
    public async Task A_refused_job_is_forgotten()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker);
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        var call = await journal;
        await call.RespondAsync(Submitted(1));
        await Eventually.TrueAsync(async () => (await IdsAsync(app.Superuser)).Count == 1, Token);

        await call.RespondAsync(Event(1, "invalidate"));

        await Eventually.TrueAsync(async () => (await IdsAsync(app.Superuser)).Count == 0, Token);
    }

    [Fact]
    public async Task Purged_jobs_are_followed_although_the_journal_says_nothing()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1), Submitted(2), Submitted(3), Event(1, "clean"), Event(3, "clean"));
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await journal;
        Assert.Equal(3, (await IdsAsync(app.Superuser)).Count);

        await broker.PublishAsync("job-purge-inactive", """{"jobs":[1,3]}""");

        await Eventually.TrueAsync(async () => await IdsAsync(app.Superuser) is [2], Token);
    }

    [Fact]
    public async Task What_is_purged_while_the_backlog_comes_is_not_shown()
    {
        await using var broker = new FakeBroker();
        var release = new TaskCompletionSource();
        broker.On("job-manager.events-journal", async call =>
        {
            await call.RespondAsync(Submitted(1));
            await call.RespondAsync(Submitted(2));
            await call.RespondAsync(Event(1, "clean"));
            await call.Connection.PublishAsync("job-purge-inactive", """{"jobs":[1]}""");
            await release.Task;
            await call.RespondAsync(CaughtUp);
        });
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        release.SetResult();

        await Eventually.TrueAsync(async () => await IdsAsync(app.Superuser) is [2], Token);
    }

    [Fact]
    public async Task While_the_broker_is_away_reads_go_on_with_their_age_and_commands_do_not()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1));
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await journal;
        var fresh = await app.Superuser.GetAsync("/v1/jobs/1", Token);
        Assert.Null(fresh.Headers.Age);

        await broker.StopAsync();
        await Eventually.TrueAsync(async () => (await app.Superuser.GetAsync("/v1/jobs/1", Token)).Headers.Age is not null, Token);

        Assert.Equal([1ul], await IdsAsync(app.Superuser));
        foreach (var path in (string[])["/v1/jobs/1/cancel", "/v1/jobs/submit?command=true"])
        {
            var refused = await app.Superuser.PostAsync(path, null, Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>(Token)).TryGetProperty("detail", out _));
        }
    }

    [Fact]
    public async Task When_the_broker_comes_back_the_index_begins_anew_even_if_ids_repeat()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1, "before"), Submitted(2));
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await journal;
        Assert.Equal(2, (await IdsAsync(app.Superuser)).Count);

        await broker.StopAsync();
        _ = Journal(broker, Submitted(1, "after"));
        broker.Restart();

        await Eventually.TrueAsync(async () => await IdsAsync(app.Superuser) is [1], Token);
        Assert.Equal("after", (await RestfulApp.GetAsync(app.Superuser, "/v1/jobs/1")).GetProperty("name").GetString());
        Assert.Null((await app.Superuser.GetAsync("/v1/jobs/1", Token)).Headers.Age);
    }

    [Fact]
    public async Task Until_the_index_is_new_no_old_id_is_named_to_a_new_broker()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1));
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await journal;
        await IdsAsync(app.Superuser);

        await broker.StopAsync();
        var release = new TaskCompletionSource();
        var opened = new TaskCompletionSource();
        broker.On("job-manager.events-journal", async call =>
        {
            opened.TrySetResult();
            await release.Task;
            await call.RespondAsync(CaughtUp);
            await call.Cancelled;
        });
        broker.Restart();
        await opened.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);

        // The link is there again, and job 1 may be anybody's now.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Superuser.PostAsync("/v1/jobs/1/cancel", null, Token)).StatusCode);
        foreach (var path in (string[])["/v1/jobs/1/output", "/v1/jobs/1/output/stream"])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await app.Superuser.GetAsync(path, Token)).StatusCode);
        }

        Assert.Equal([1ul], await IdsAsync(app.Superuser));
        release.SetResult();
        await Eventually.TrueAsync(async () => await IdsAsync(app.Superuser) is [], Token);
        Assert.Empty(broker.PayloadsOf("job-manager.raise"));
    }

    // For a while: somebody may come back, or come next.
    [Fact]
    public async Task The_watch_of_an_output_ends_some_time_after_its_last_reader_has_left()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1));
        broker.Answers("job-info.lookup", StillPending);
        broker.On("job-info.eventlog-watch", async call =>
        {
            await call.RespondAsync("""{"event":"{\"timestamp\":1,\"name\":\"data\",\"context\":{\"stream\":\"stdout\",\"rank\":\"0\",\"data\":\"hi\\n\"}}\n"}""");
            await call.Cancelled;
        });
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await RestfulApp.StartAsync(broker.Uri, time: time);
        await journal;

        using (var response = await app.Superuser.GetAsync("/v1/jobs/1/output/stream", HttpCompletionOption.ResponseHeadersRead, Token))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
            Assert.Equal("hi", await reader.ReadLineAsync(Token));
        }

        Assert.Empty(broker.PayloadsOf("job-info.eventlog-watch-cancel"));
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return broker.PayloadsOf("job-info.eventlog-watch-cancel").Count == 1;
            },
            Token);
    }

    [Fact]
    public async Task A_follower_who_reads_late_gets_every_line_once_though_none_is_kept_so_long()
    {
        const int lines = 200;
        var filler = new string('x', 256 * 1024);
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1));
        broker.Answers("job-info.lookup", StillPending);
        var opened = 0;
        var told = new TaskCompletionSource();
        broker.On("job-info.eventlog-watch", async call =>
        {
            Interlocked.Increment(ref opened);
            for (var line = 0; line < lines && !call.Cancelled.IsCompleted; line++)
            {
                await call.RespondAsync(
                    $$$"""{"event":"{\"timestamp\":1,\"name\":\"data\",\"context\":{\"stream\":\"stdout\",\"rank\":\"0\",\"data\":\"{{{line}}} {{{filler}}}\\n\"}}\n"}""");
            }

            await call.EndAsync();
            told.TrySetResult();
        });
        await using var app = await RestfulApp.StartAsync(broker.Uri, settings: ("Jobs:MaxOutputCacheBytes", "1048576"));
        await journal;

        using var response = await app.Superuser.GetAsync("/v1/jobs/1/output/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        var read = new List<string> { (await reader.ReadLineAsync(Token))!.Split(' ')[0] };
        await told.Task.WaitAsync(Token);
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            read.Add(line.Split(' ')[0]);
        }

        Assert.Equal(Enumerable.Range(0, lines).Select(line => $"{line}"), read);
        Assert.True(opened > 1);
    }

    [Fact]
    public async Task An_output_that_does_not_exist_yet_is_no_error()
    {
        await using var broker = new FakeBroker();
        var journal = Journal(broker, Submitted(1));
        broker.Fails("job-info.eventlog-watch", Errno.ENOENT);
        broker.Answers("job-info.lookup", StillPending);
        await using var app = await RestfulApp.StartAsync(broker.Uri);
        await journal;

        Assert.True((await RestfulApp.GetAsync(app.Superuser, "/v1/jobs/1/output")).TryGetProperty("Message", out _));
    }

    [Fact]
    public async Task Before_the_broker_was_ever_there_reads_say_so()
    {
        await using var broker = new FakeBroker();
        await broker.StopAsync();
        await using var app = await RestfulApp.StartAsync(broker.Uri);

        var answer = await app.Superuser.GetAsync("/v1/jobs", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    /// <summary>A journal with this backlog; completes with the call that live events go to.</summary>
    private static Task<FakeCall> Journal(FakeBroker broker, params string[] backlog)
    {
        var opened = new TaskCompletionSource<FakeCall>();
        broker.On("job-manager.events-journal", async call =>
        {
            foreach (var entry in backlog)
            {
                await call.RespondAsync(entry);
            }

            await call.RespondAsync(CaughtUp);
            opened.TrySetResult(call);
            await call.Cancelled;
        });
        return opened.Task;
    }

    private static string Submitted(ulong id, string name = "job") =>
        $$"""{"id":{{id}},"events":[{"timestamp":{{id}}.5,"name":"submit","context":{"userid":1001,"urgency":16,"flags":0,"version":1} },"""
        + $$"""{"timestamp":{{id}}.6,"name":"validate"}],"jobspec":{"version":1,"resources":[],"tasks":[{"command":["true"]}],"""
        + $$"""
            "attributes":{"system":{"duration":0,"job":{"name":"{{name}}"} } } } }
            """;

    private static string Event(ulong id, string name, string? context = null) =>
        $$$"""{"id":{{{id}}},"events":[{"timestamp":9.5,"name":"{{{name}}}"{{{(context is null ? "" : ",\"context\":" + context)}}}}]}""";

    private static async Task<List<ulong>> IdsAsync(HttpClient client) =>
        [.. (await RestfulApp.GetAsync(client, "/v1/jobs")).GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetUInt64())];

    private static async Task<string?> StateAsync(HttpClient client, ulong id) =>
        (await RestfulApp.GetAsync(client, $"/v1/jobs/{id}")).GetProperty("state").GetString();
}
