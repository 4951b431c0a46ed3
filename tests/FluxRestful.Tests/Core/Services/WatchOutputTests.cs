using System.Text.Json;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Errors;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Core.Services;

/// <summary>The ways in which a job's output can be there, not yet be there, or never come (surprises 3, 4, 11).</summary>
public sealed class WatchOutputTests
{
    private static readonly JobId Id = new(42);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_there_is_told_with_a_mark_behind_it_and_what_comes_after_that()
    {
        await using var broker = Broker(Silent, async output =>
        {
            await output.RespondAsync(Line("header"));
            await output.RespondAsync();
            await output.RespondAsync(Line("data"));
            await output.EndAsync();
        });
        await using var client = Client(broker);
        Assert.Equal(["header", "mark", "data"], await NamesAsync(client));
        Assert.Equal(["""{"id":42,"path":"guest.output","flags":2}"""], broker.PayloadsOf("job-info.eventlog-watch"));
    }

    [Fact]
    public async Task A_job_that_waits_is_followed_once_its_shell_is_there_with_flags_zero()
    {
        var started = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var broker = Broker(
            async exec =>
            {
                asked.SetResult();
                await exec.RespondAsync(Line("init"));
                await started.Task;
                await exec.RespondAsync(Line("shell.init"));
            },
            NotThere,
            async output =>
            {
                await output.RespondAsync(Line("header"));
                await output.EndAsync();
            });
        broker.Answers("job-info.lookup", RunningLog);
        await using var client = Client(broker);
        var names = NamesAsync(client);
        await asked.Task;
        Assert.False(names.IsCompleted);
        started.SetResult();
        Assert.Equal(["mark", "header"], await names);
        Assert.Equal(
            ["""{"id":42,"path":"guest.output","flags":2}""", """{"id":42,"path":"guest.exec.eventlog","flags":0}""", """{"id":42,"path":"guest.output","flags":0}"""],
            broker.PayloadsOf("job-info.eventlog-watch"));
        await Eventually.TrueAsync(() => broker.PayloadsOf("job-info.eventlog-watch-cancel").Count == 1, Stop);
    }

    [Fact]
    public async Task A_job_that_never_ran_ends_without_output_whether_its_log_ends_or_is_not_there()
    {
        foreach (var errnum in new[] { Errno.ENODATA, Errno.ENOENT })
        {
            await using var broker = Broker(exec => exec.FailAsync(errnum), NotThere, _ => throw new InvalidOperationException("There is no output."));
            broker.Answers("job-info.lookup", EndedLog);
            await using var client = Client(broker);
            Assert.Equal(["mark"], await NamesAsync(client));
        }
    }

    [Fact]
    public async Task A_job_whose_shell_never_came_up_has_no_output_file_and_ends()
    {
        await using var broker = Broker(exec => exec.RespondAsync(Line("complete")), NotThere);
        broker.Answers("job-info.lookup", EndedLog);
        await using var client = Client(broker);
        Assert.Equal(["mark"], await NamesAsync(client));
    }

    [Fact]
    public async Task A_job_that_is_not_known_is_told_from_one_that_never_ran()
    {
        await using var broker = Broker(exec => exec.FailAsync(Errno.ENOENT), NotThere);
        broker.Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var client = Client(broker);
        var error = await Assert.ThrowsAsync<BrokerException>(() => NamesAsync(client));
        Assert.True(error.IsUnknownJob());
    }

    // Surprise 3.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_watch_that_hangs_after_the_end_of_its_job_is_opened_once_more_and_then_given_up(bool recovers)
    {
        var time = new FakeTimeProvider();
        var (watches, looks) = (0, 0);
        var recovered = new TaskCompletionSource();
        await using var broker = Broker(
            Silent,
            async output =>
            {
                var isSecond = Interlocked.Increment(ref watches) == 2;
                await output.RespondAsync(Line("header"));
                if (isSecond && recovers)
                {
                    await output.RespondAsync(Line("data"));
                    await output.EndAsync();
                    recovered.SetResult();
                }
            });

        // It is still running when it is asked about first.
        broker.On("job-info.lookup", async call =>
        {
            var look = Interlocked.Increment(ref looks);
            if (look > 2 && recovers)
            {
                await recovered.Task;
            }

            await call.RespondAsync(look == 1 ? RunningLog : EndedLog);
        });
        await using var client = new BrokerClient(new() { Uri = broker.Uri }, time, NullLogger<BrokerClient>.Instance);
        await client.ConnectAsync(Stop);
        var lines = NamesAsync(client);
        await Eventually.TrueAsync(() => watches == 1, Stop);
        await PassTimeUntilAsync(() => watches == 2);
        if (recovers)
        {
            Assert.Equal(["header", "data"], await lines);
        }
        else
        {
            await PassTimeUntilAsync(() => lines.IsCompleted);
            await Assert.ThrowsAsync<TimeoutException>(() => lines);
        }

        Assert.Equal(2, watches);
        Assert.True(client.IsConnected);

        Task PassTimeUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return condition();
            },
            Stop);
    }

    [Fact]
    public async Task Other_errors_are_told()
    {
        await using var broker = Broker(Silent, output => output.FailAsync(Errno.EPERM));
        await using var client = Client(broker);
        var error = await Assert.ThrowsAsync<BrokerException>(() => NamesAsync(client));
        Assert.Equal(JobErrorMeaning.NotAllowed, error.Meaning());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_at_any_moment_ends_what_is_watched_at_the_broker(bool whileWaiting)
    {
        var watched = new TaskCompletionSource<FakeCall>();
        await using var broker = Broker(Watched, whileWaiting ? NotThere : Watched);
        broker.Answers("job-info.lookup", RunningLog);
        await using var client = Client(broker);
        using var patience = new CancellationTokenSource();
        var lines = NamesAsync(client, patience.Token);
        var call = await watched.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lines);
        await call.Cancelled.WaitAsync(Stop);
        Assert.True(client.IsConnected);

        Task Watched(FakeCall call)
        {
            watched.SetResult(call);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_signal_can_be_heard_once_the_shell_has_started_its_tasks()
    {
        await using var broker = Broker(
            async exec =>
            {
                await exec.RespondAsync(Line("shell.init"));
                await exec.RespondAsync(Line("shell.start"));
            },
            Silent);
        await using var client = Client(broker);
        Assert.True(await new JobInfo(client).WaitForTasksAsync(Id, Stop));
    }

    private const string RunningLog = """{"id":42,"eventlog":"{\"timestamp\":1.5,\"name\":\"submit\"}\n{\"timestamp\":1.5,\"name\":\"start\"}\n"}""";

    private const string EndedLog = """{"id":42,"eventlog":"{\"timestamp\":1.5,\"name\":\"submit\"}\n{\"timestamp\":1.5,\"name\":\"clean\"}\n"}""";

    private static string Line(string name) => $$"""{"event":"{\"timestamp\":1.5,\"name\":\"{{name}}\"}\n"}""";

    private static async Task<List<string>> NamesAsync(BrokerClient client, CancellationToken? cancellationToken = null)
    {
        var names = new List<string>();
        await foreach (var message in new JobInfo(client).WatchOutputAsync(Id, 0, cancellationToken ?? Stop))
        {
            names.Add(JobInfo.IsMark(message) ? "mark" : JobEvent.Parse(JsonElement.Parse(RpcPayload.Bytes(message).Span).GetProperty("event").GetString()!).Name);
        }

        return names;
    }

    private static Task Silent(FakeCall call) => Task.CompletedTask;

    private static Task NotThere(FakeCall call) => call.FailAsync(Errno.ENOENT);

    // How the output is answered: the first time, the second; the last of these from then on.
    private static FakeBroker Broker(Func<FakeCall, Task> exec, params Func<FakeCall, Task>[] outputs)
    {
        var asked = 0;
        return new FakeBroker().On(
            "job-info.eventlog-watch",
            call => call.Json.GetProperty("path").GetString() == JobInfo.Output ? outputs[Math.Min(outputs.Length, Interlocked.Increment(ref asked)) - 1](call) : exec(call));
    }

    private static BrokerClient Client(FakeBroker broker) =>
        new(new() { Uri = broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
}
