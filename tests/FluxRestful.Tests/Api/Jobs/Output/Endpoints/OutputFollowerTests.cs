using System.Globalization;
using System.Net;
using FluxRestful.Core.Jobs;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FluxRestful.Tests.Api.Jobs.Output.Endpoints;

/// <summary>An output followed as server-sent events.</summary>
public sealed class OutputFollowerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_followed_from_before_its_start_to_after_its_end_over_any_number_of_cuts()
    {
        await using var app = await ApiApp.StartAsync();
        var blocker = await RestfulApp.SubmitAsync(app.Alice, "sleep 1000", $"&num_tasks={Environment.ProcessorCount}");
        var path = await SubmitAsync(app, "sh -c 'for i in 1 2 3 4 5 6 7 8 9; do seq 100; done; echo end'");
        var numbers = new List<long>();
        string? last = null;
        var isCancelled = false;
        for (ServerEvent? end = null; end is null;)
        {
            using var events = await ServerEvents.OpenAsync(app.Alice, path, last, Stop);
            if (!isCancelled)
            {
                isCancelled = true;
                await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{blocker}/cancel");
            }

            // Cut after each event.
            var next = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
            last = next.Id;
            if (next.Name == "lines")
            {
                numbers.AddRange(next.Data.EnumerateArray().Select(line => line.GetProperty("number").GetInt64()));
                Assert.Equal($"{numbers[^1]}", last);
                continue;
            }

            end = next;
            Assert.Equal(("end", "ended", 901), (end.Name, end.Data.GetProperty("status").GetString(), end.Data.GetProperty("total").GetInt32()));
            Assert.Null(await events.NextAsync(Stop));
        }

        Assert.Equal(Enumerable.Range(1, 901).Select(number => number + 0L), numbers);
        // Whoever has had the end need not come again.
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.Accept.ParseAdd("text/event-stream");
        again.Headers.Add("Last-Event-ID", last);
        Assert.Equal(HttpStatusCode.NoContent, (await app.Alice.SendAsync(again, Stop)).StatusCode);
    }

    [Fact]
    public async Task Going_on_in_the_middle_repeats_nothing()
    {
        await using var app = await ApiApp.StartAsync();
        var path = await SubmitAsync(app, "seq 10000");
        using var events = await ServerEvents.OpenAsync(app.Alice, path, "4321", Stop);
        Assert.Equal(Enumerable.Range(4322, 10000 - 4321).Select(number => $"{number}"), await TextsAsync(events));
    }

    [Fact]
    public async Task The_last_lines_first_and_only_those_that_are_wanted()
    {
        await using var app = await ApiApp.StartAsync();
        var path = await SubmitAsync(app, "sh -c 'seq 100; echo oops >&2'");
        using var tail = await ServerEvents.OpenAsync(app.Alice, path + "?tail=3&stream=stdout", null, Stop);
        Assert.Equal("100", (await TextsAsync(tail))[^1]);
        using var errors = await ServerEvents.OpenAsync(app.Alice, path + "?stream=stderr", null, Stop);
        Assert.Equal(["oops"], await TextsAsync(errors));
    }

    [Fact]
    public async Task A_follower_who_is_too_far_behind_is_told_what_it_misses()
    {
        await using var app = await ApiApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "seq 10000");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        var path = $"/api/v1/jobs/{new JobId(id)}/output";
        await ApiApp.GetAsync(app.Alice, path);
        using var events = await ServerEvents.OpenAsync(app.Alice, path + "?maxBehind=50", null, Stop);
        var skipped = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
        Assert.Equal(("skipped", "9950", 1, 9950), (skipped.Name, skipped.Id, skipped.Data.GetProperty("from").GetInt32(), skipped.Data.GetProperty("to").GetInt32()));
        Assert.Equal(Enumerable.Range(9951, 50).Select(number => $"{number}"), await TextsAsync(events));
    }

    [Fact]
    public async Task A_server_that_ends_says_goodbye()
    {
        await using var app = await ApiApp.StartAsync();
        var path = await SubmitAsync(app, "sh -c 'echo begun; sleep 1000'");
        using var events = await ServerEvents.OpenAsync(app.Alice, path, null, Stop);
        var begun = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
        Assert.Equal(("lines", "1"), (begun.Name, begun.Id));
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal("goodbye", (await events.NextAsync(Stop))?.Name);
        Assert.Null(await events.NextAsync(Stop));
    }

    [Fact]
    public async Task A_silent_job_is_said_to_be_still_followed()
    {
        await using var app = await ApiApp.StartAsync(("Events:Heartbeat", "0.02"));
        var path = await SubmitAsync(app, "sh -c 'echo begun; sleep 1000'");
        using var events = await ServerEvents.OpenAsync(app.Alice, path, null, Stop);
        Assert.Equal("lines", (await events.NextAsync(Stop))?.Name);
        var before = events.Comments;
        var next = events.NextAsync(Stop);
        await Eventually.TrueAsync(() => events.Comments > before + 2, Stop);
        Assert.False(next.IsCompleted);
        app.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal("goodbye", (await next)?.Name);
    }

    [Fact]
    public async Task An_id_that_is_none_is_refused()
    {
        await using var app = await ApiApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/jobs/f2/output");
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", "-1");
        var problem = await ApiApp.ReadAsync(await app.Alice.SendAsync(request, Stop), 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty("Last-Event-ID", out _));
    }

    [Fact]
    public async Task Raw_bytes_can_be_followed_to_the_end_of_the_job()
    {
        await using var app = await ApiApp.StartAsync();
        var path = await SubmitAsync(app, "sh -c 'seq 1000; printf end'");
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "?follow=true");
        request.Headers.Accept.ParseAdd("text/plain");
        var text = await (await app.Alice.SendAsync(request, Stop)).Content.ReadAsStringAsync(Stop);
        Assert.Equal(string.Concat(Enumerable.Range(1, 1000).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number}\n"))) + "end", text);
    }

    private static async Task<string> SubmitAsync(ApiApp app, string command) =>
        $"/api/v1/jobs/{new JobId(await RestfulApp.SubmitAsync(app.Alice, command))}/output";

    private static async Task<List<string>> TextsAsync(ServerEvents events)
    {
        var texts = new List<string>();
        while (await events.NextAsync(Stop) is { } next)
        {
            if (next.Name == "end")
            {
                return texts;
            }

            texts.AddRange(next.Data.EnumerateArray().Select(line => line.GetProperty("text").GetString()!));
        }

        Assert.Fail("It did not end.");
        return texts;
    }
}
