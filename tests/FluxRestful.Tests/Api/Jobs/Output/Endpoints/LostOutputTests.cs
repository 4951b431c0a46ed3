using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Embedded = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.Api.Jobs.Output.Endpoints;

/// <summary>Outputs that are gone, in the middle of being read or before, are never taken for whole.</summary>
public sealed class LostOutputTests
{
    private const string Path = $"/api/v1/jobs/{OneJob.Id}/output";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_job_that_Flux_purges_while_it_is_read_the_output_is_gone()
    {
        await using var broker = OneJob.Writing(call => call.FailAsync(Errno.ENOENT)).Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        foreach (var query in (string[])["", "?tail=10", "?search=x"])
        {
            var problem = await ApiApp.GetAsync(app.Superuser, Path + query, 410);
            Assert.Equal(ProblemType.OutputPurged.Uri, problem.GetProperty("type").GetString());
            Assert.False(problem.GetProperty("retryable").GetBoolean());
        }
    }

    [Fact]
    public async Task Who_follows_a_job_that_is_purged_has_what_there_was_and_then_a_problem()
    {
        var purged = new TaskCompletionSource();
        await using var broker = OneJob.Writing(async call =>
        {
            await OneJob.TellAsync(call, OneJob.Data("first\n"));
            await purged.Task;
            await call.FailAsync(Errno.ENOENT);
        }).Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        using var events = await ServerEvents.OpenAsync(app.Superuser, Path, null, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, Path + "?follow=true");
        request.Headers.Accept.ParseAdd("text/plain");
        using var raw = await app.Superuser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal("lines", (await events.NextAsync(Stop))?.Name);

        purged.SetResult();

        var problem = Assert.IsType<ServerEvent>(await events.NextAsync(Stop));
        Assert.Equal(("problem", ProblemType.OutputPurged.Uri), (problem.Name, problem.Data.GetProperty("type").GetString()));
        Assert.Null(await events.NextAsync(Stop));
        await Assert.ThrowsAnyAsync<Exception>(() => raw.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task What_the_embedded_broker_has_no_room_for_is_told_as_a_warning()
    {
        await using var broker = await StartAsync(new EmbeddedBrokerOptions { Cores = 2, MaxOutputBytesPerJob = 100_000 });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        var page = await ApiApp.GetAsync(app.Alice, await RunAsync(app, "seq 100000") + "?limit=10000");
        Assert.Contains("truncated", Warning(page), StringComparison.Ordinal);
        var lines = page.GetProperty("lines").EnumerateArray().Where(line => line.GetProperty("stream").GetString() == "stdout").ToList();
        Assert.InRange(lines.Count, 100, 99_999);
        Assert.Equal(Enumerable.Range(1, lines.Count).Select(number => $"{number}"), lines.Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task Of_a_job_whose_output_the_embedded_broker_gave_up_nothing_is_shown_but_that()
    {
        await using var broker = await StartAsync(new EmbeddedBrokerOptions { Cores = 2, MaxOutputBytes = 60_000 });
        await using var app = await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", broker.Uri));
        var first = await RunAsync(app, "seq 1000");
        for (var i = 0; i < 10; i++)
        {
            await RunAsync(app, "seq 1000");
        }

        var page = await ApiApp.GetAsync(app.Alice, first);
        Assert.Contains("dropped", Warning(page), StringComparison.Ordinal);
        Assert.Equal(("ended", 1), (page.GetProperty("status").GetString(), page.GetProperty("total").GetInt32()));
    }

    private static Task<Embedded> StartAsync(EmbeddedBrokerOptions options) => Embedded.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, Stop);

    private static string Warning(JsonElement page) => Assert.Single(page.GetProperty("warnings").EnumerateArray()).GetString()!;

    private static async Task<string> RunAsync(ApiApp app, string command)
    {
        var id = await RestfulApp.SubmitAsync(app.Alice, command);
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        return $"/api/v1/jobs/{new JobId(id)}/output";
    }
}
