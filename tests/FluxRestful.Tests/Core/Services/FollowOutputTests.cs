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
public sealed class FollowOutputTests
{
    private static readonly JobId Id = new(42);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_runs_is_followed_from_shell_init_to_the_end_with_flags_zero()
    {
        await using var broker = Broker(
            async exec =>
            {
                await exec.RespondAsync(Line("init"));
                await exec.RespondAsync(Line("shell.init"));
            },
            async output =>
            {
                await output.RespondAsync(Line("header"));
                await output.RespondAsync(Line("data"));
                await output.EndAsync();
            });
        await using var client = Client(broker);
        var lines = await new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop);
        Assert.Equal(["header", "data"], lines.Select(line => JobEvent.Parse(line).Name));
        Assert.Equal(
            ["""{"id":42,"path":"guest.exec.eventlog","flags":0}""", """{"id":42,"path":"guest.output","flags":0}"""],
            broker.PayloadsOf("job-info.eventlog-watch"));
        await Eventually.TrueAsync(() => broker.PayloadsOf("job-info.eventlog-watch-cancel").Count == 1, Stop);
    }

    [Fact]
    public async Task A_job_that_waits_is_followed_once_it_starts()
    {
        var started = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var broker = Broker(
            async exec =>
            {
                asked.SetResult();
                await started.Task;
                await exec.RespondAsync(Line("shell.init"));
            },
            async output =>
            {
                await output.RespondAsync(Line("header"));
                await output.EndAsync();
            });
        await using var client = Client(broker);
        var lines = new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop).AsTask();
        await asked.Task;
        Assert.False(lines.IsCompleted);
        started.SetResult();
        Assert.Single(await lines);
    }

    [Fact]
    public async Task A_job_that_never_ran_ends_without_output_whether_its_log_ends_or_is_not_there()
    {
        foreach (var errnum in new[] { Errno.ENODATA, Errno.ENOENT })
        {
            await using var broker = Broker(exec => exec.FailAsync(errnum), _ => throw new InvalidOperationException("There is no output."));
            broker.Answers("job-info.lookup", EndedLog);
            await using var client = Client(broker);
            Assert.Empty(await new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop));
        }
    }

    [Fact]
    public async Task A_job_whose_shell_never_came_up_has_no_output_file_and_ends()
    {
        await using var broker = Broker(exec => exec.RespondAsync(Line("complete")), output => output.FailAsync(Errno.ENOENT));
        broker.Answers("job-info.lookup", EndedLog);
        await using var client = Client(broker);
        Assert.Empty(await new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_job_that_is_not_known_is_told_from_one_that_never_ran()
    {
        await using var broker = Broker(exec => exec.FailAsync(Errno.ENOENT), _ => Task.CompletedTask);
        broker.Fails("job-info.lookup", Errno.ENOENT, "invalid job id");
        await using var client = Client(broker);
        var error = await Assert.ThrowsAsync<BrokerException>(() => new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop).AsTask());
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
            exec => exec.RespondAsync(Line("shell.init")),
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
        var lines = new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop).AsTask();
        await Eventually.TrueAsync(() => watches == 1, Stop);
        await PassTimeUntilAsync(() => watches == 2);
        if (recovers)
        {
            Assert.Equal(["header", "data"], (await lines).Select(line => JobEvent.Parse(line).Name));
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
        await using var broker = Broker(exec => exec.FailAsync(Errno.EPERM), _ => Task.CompletedTask);
        await using var client = Client(broker);
        var error = await Assert.ThrowsAsync<BrokerException>(() => new JobInfo(client).FollowOutputAsync(Id, Stop).ToListAsync(Stop).AsTask());
        Assert.Equal(JobErrorMeaning.NotAllowed, error.Meaning());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_at_any_moment_ends_what_is_watched_at_the_broker(bool whileWaiting)
    {
        var watched = new TaskCompletionSource<FakeCall>();
        await using var broker = Broker(
            async exec =>
            {
                if (whileWaiting)
                {
                    watched.SetResult(exec);
                    return;
                }

                await exec.RespondAsync(Line("shell.init"));
            },
            output =>
            {
                watched.SetResult(output);
                return Task.CompletedTask;
            });
        await using var client = Client(broker);
        using var patience = new CancellationTokenSource();
        var lines = new JobInfo(client).FollowOutputAsync(Id, patience.Token).ToListAsync(Stop).AsTask();
        var call = await watched.Task;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lines);
        await call.Cancelled.WaitAsync(Stop);
        Assert.True(client.IsConnected);
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
            _ => Task.CompletedTask);
        await using var client = Client(broker);
        Assert.True(await new JobInfo(client).WaitForTasksAsync(Id, Stop));
    }

    private const string RunningLog = """{"id":42,"eventlog":"{\"timestamp\":1.5,\"name\":\"submit\"}\n{\"timestamp\":1.5,\"name\":\"start\"}\n"}""";

    private const string EndedLog = """{"id":42,"eventlog":"{\"timestamp\":1.5,\"name\":\"submit\"}\n{\"timestamp\":1.5,\"name\":\"clean\"}\n"}""";

    private static string Line(string name) => $$"""{"event":"{\"timestamp\":1.5,\"name\":\"{{name}}\"}\n"}""";

    private static FakeBroker Broker(Func<FakeCall, Task> exec, Func<FakeCall, Task> output) => new FakeBroker().On(
        "job-info.eventlog-watch", call => call.Json.GetProperty("path").GetString() == JobInfo.Output ? output(call) : exec(call));

    private static BrokerClient Client(FakeBroker broker) =>
        new(new() { Uri = broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
}
