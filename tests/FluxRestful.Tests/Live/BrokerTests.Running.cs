using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Tests.Live;

// How jobs run and end (services.md section 14).
public abstract partial class BrokerTests
{
    [Fact]
    public async Task A_job_runs_and_writes_to_both_streams()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("echo to out; echo to err >&2; exit 3"));

        var job = await Broker.EndAsync(id);

        Assert.Equal("to out\n", await Broker.TextAsync(id));
        Assert.Equal("to err\n", await Broker.TextAsync(id, "stderr"));
        Assert.Equal(3 << 8, Number(job, "waitstatus"));
        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.Equal("sh", Text(job, "name"));
        Assert.Equal((1, 1, 1), (Number(job, "ntasks"), Number(job, "ncores"), Number(job, "nnodes")));
        Assert.True(Real(job, "t_submit") <= Real(job, "t_depend"));
        Assert.True(Real(job, "t_depend") <= Real(job, "t_priority"));
        Assert.True(Real(job, "t_priority") <= Real(job, "t_sched"));
        Assert.True(Real(job, "t_sched") <= Real(job, "t_run"));
        Assert.True(Real(job, "t_run") <= Real(job, "t_cleanup"));
        Assert.True(Real(job, "t_cleanup") <= Real(job, "t_inactive"));
    }

    [Theory]
    [InlineData(0, JobResult.Completed)]
    [InlineData(1, JobResult.Failed)]
    [InlineData(126, JobResult.Failed)]
    [InlineData(127, JobResult.Failed)]
    [InlineData(255, JobResult.Failed)]
    public async Task An_exit_code_becomes_the_status(int code, JobResult result)
    {
        var job = await Broker.RunAsync(Jobspecs.Script($"exit {code}"));

        Assert.Equal(code << 8, Number(job, "waitstatus"));
        Assert.Equal(result, ResultOf(job));
        Assert.Equal(result == JobResult.Completed, job.GetProperty("success").GetBoolean());
    }

    // Surprise 42.
    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task A_task_that_a_signal_killed_exits_with_128_and_its_number(int signum)
    {
        var job = await Broker.RunAsync(Jobspecs.Script($"kill -{signum} $$"));

        Assert.Equal((128 + signum) << 8, Number(job, "waitstatus"));
        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.False(job.GetProperty("exception_occurred").GetBoolean());
    }

    [Fact]
    public async Task A_job_is_stopped_at_its_time_limit()
    {
        var job = await Broker.RunAsync(Jobspecs.Of("sleep", "60").With("system.duration", 0.5));

        Assert.Equal(JobResult.Timeout, ResultOf(job));
        Assert.Equal(142 << 8, Number(job, "waitstatus"));
        Assert.Equal(("timeout", 0), (Text(job, "exception_type"), Number(job, "exception_severity")));
        Assert.Equal(0.5, Real(job, "duration"));
        Assert.InRange(Real(job, "expiration") - Real(job, "t_run"), 0.3, 0.7);
    }

    [Fact]
    public async Task A_pending_job_that_is_canceled_never_runs()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        await Broker.ReachAsync(id, JobState.Sched);

        await Broker.CancelAsync(id, "not needed any more");

        var job = await Broker.EndAsync(id);
        Assert.Equal(JobResult.Canceled, ResultOf(job));
        Assert.Equal(("cancel", 0, "not needed any more"), (Text(job, "exception_type"), Number(job, "exception_severity"), Text(job, "exception_note")));
        Assert.False(Has(job, "t_run"));
        Assert.False(Has(job, "waitstatus"));
        Assert.True(job.GetProperty("exception_occurred").GetBoolean());
    }

    [Fact]
    public async Task A_running_job_that_is_canceled_is_terminated()
    {
        var id = await Broker.SubmitAsync("sleep", "60");
        await Broker.ExecEventAsync(id, "shell.start");

        await Broker.CancelAsync(id);

        var job = await Broker.EndAsync(id);
        Assert.Equal(JobResult.Canceled, ResultOf(job));
        Assert.Equal(143 << 8, Number(job, "waitstatus"));
        Assert.Equal("", Text(job, "exception_note"));
    }

    [Fact]
    public async Task A_task_that_ignores_termination_is_killed()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("trap '' TERM; echo deaf; while :; do sleep 0.1; done").Prompt());
        await Broker.WrittenAsync(id);

        await Broker.CancelAsync(id);

        var job = await Broker.EndAsync(id);
        Assert.Equal(137 << 8, Number(job, "waitstatus"));
        Assert.InRange(Real(job, "t_inactive") - Real(job, "t_cleanup"), 3, 15);
    }

    // Surprise 37.
    [Fact]
    public async Task What_can_never_run_is_accepted_and_fails()
    {
        var job = await Broker.RunAsync(Jobspecs.Of("true").Nodes(1000));

        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.Equal(("alloc", 0), (Text(job, "exception_type"), Number(job, "exception_severity")));
        Assert.StartsWith("unsatisfiable request", Text(job, "exception_note"), StringComparison.Ordinal);
        Assert.False(Has(job, "waitstatus"));
        Assert.False(Has(job, "t_run"));
    }

    [Theory]
    [InlineData("/nonexistent/program", 127, "No such file or directory")]
    [InlineData("no-such-program-anywhere", 127, "No such file or directory")]
    [InlineData("/etc/passwd", 126, "Permission denied")]
    [InlineData("/", 126, "Permission denied")]
    public async Task What_can_not_be_started_ends_as_it_does_in_a_shell(string program, int code, string reason)
    {
        var id = await Broker.SubmitAsync(program);

        var job = await Broker.EndAsync(id);

        Assert.Equal(code << 8, Number(job, "waitstatus"));
        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.Equal(("exec", 0), (Text(job, "exception_type"), Number(job, "exception_severity")));
        Assert.Contains(reason, Text(job, "exception_note"), StringComparison.Ordinal);
        Assert.Contains(await Broker.OutputEventsAsync(id), each => each is { Kind: OutputEntryKind.Log, Level: 0 } && each.Text.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_of_several_tasks_ends_with_the_highest_code()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("echo task $FLUX_TASK_RANK; exit $FLUX_TASK_RANK").Tasks(2));

        var job = await Broker.EndAsync(id);

        Assert.Equal(1 << 8, Number(job, "waitstatus"));
        Assert.Equal((2, 2), (Number(job, "ntasks"), Number(job, "ncores")));
        Assert.Equal("task 0\n", await Broker.TextAsync(id, rank: "0"));
        Assert.Equal("task 1\n", await Broker.TextAsync(id, rank: "1"));
        Assert.Contains(await Broker.OutputEventsAsync(id), each => each.Kind == OutputEntryKind.Header);
    }

    [Fact]
    public async Task A_job_runs_where_it_was_told_to()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("pwd").With("system.cwd", "/usr/bin"));

        Assert.Equal("/usr/bin\n", await Broker.TextAsync(id));
        Assert.Equal("/usr/bin", Text(await Broker.GetAsync(id), "cwd"));
    }

    // Surprise 45.
    [Fact]
    public async Task A_missing_directory_stops_no_job()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("echo", "here").With("system.cwd", "/nonexistent"));

        Assert.Equal(JobResult.Completed, ResultOf(await Broker.EndAsync(id)));
        Assert.Equal("here\n", await Broker.TextAsync(id));
    }

    // Only what was asked for, and what a job shell says to its tasks.
    [Fact]
    public async Task A_task_has_exactly_the_environment_that_was_asked_for()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("/usr/bin/env", "-0").With(
            "system.environment",
            new Dictionary<string, string> { ["PATH"] = Jobspecs.Path, ["GREETING"] = "a=b 'c' \"d\" ƒ\n$HOME", ["EMPTY"] = "" }));

        var variables = (await Broker.TextAsync(id)).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

        Assert.Equal("a=b 'c' \"d\" ƒ\n$HOME", variables["GREETING"]);
        Assert.Equal("", variables["EMPTY"]);
        Assert.Equal("0", variables["FLUX_TASK_RANK"]);
        Assert.Equal("1", variables["FLUX_JOB_SIZE"]);
        Assert.Equal("1", variables["FLUX_JOB_NNODES"]);
        Assert.Equal(id, JobId.Parse(variables["FLUX_JOB_ID"]));
        Assert.DoesNotContain(
            variables.Keys.Except(["PATH", "GREETING", "EMPTY"]),
            name => !OfTheShell.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    // Surprise 46.
    [Fact]
    public async Task Without_an_environment_a_task_has_no_path_of_ours()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("/usr/bin/env").With("system.environment", new Dictionary<string, string>()));

        Assert.DoesNotContain("HOME=", await Broker.TextAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mere_warning_does_not_end_a_job()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        await Broker.CallAsync("job-manager.raise", new { id = id.WireValue, severity = 3, type = "warn", note = "careful" });
        await Broker.CallAsync("job-manager.urgency", new { id = id.WireValue, urgency = 16 });

        var job = await Broker.EndAsync(id);

        Assert.Equal(JobResult.Completed, ResultOf(job));
        Assert.Equal(("warn", 3, "careful"), (Text(job, "exception_type"), Number(job, "exception_severity"), Text(job, "exception_note")));
    }

    [Fact]
    public async Task Another_fatal_exception_fails_a_job()
    {
        var id = await Broker.SubmitAsync("sleep", "60");
        await Broker.ExecEventAsync(id, "shell.start");
        await Broker.CallAsync("job-manager.raise", new { id = id.WireValue, severity = 0, type = "mytype", note = "because" });

        var job = await Broker.EndAsync(id);

        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.Equal(143 << 8, Number(job, "waitstatus"));
        Assert.Equal("mytype", Text(job, "exception_type"));
    }

    // Surprise 11: what is sent before shell.start may be lost, so nothing is asked of it but that it is accepted.
    [Fact]
    public async Task A_signal_arrives_once_the_shell_has_started()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Script("trap 'echo caught; exit 7' USR1; echo ready; while :; do sleep 0.05; done").Prompt());
        await Broker.WrittenAsync(id);
        await Broker.ExecEventAsync(id, "shell.start");
        await Broker.CallAsync("job-manager.kill", new { id = id.WireValue, signum = 10 });

        Assert.Equal(7 << 8, Number(await Broker.EndAsync(id), "waitstatus"));
        Assert.Equal("ready\ncaught\n", await Broker.TextAsync(id));
    }

    [Fact]
    public async Task A_signal_in_the_first_moment_is_accepted()
    {
        var id = await Broker.SubmitAsync(Jobspecs.Of("sleep", "60"));
        await Broker.ReachAsync(id, JobState.Run);
        await Broker.CallAsync("job-manager.kill", new { id = id.WireValue, signum = 12 });
        await Broker.ExecEventAsync(id, "shell.start");
        try
        {
            await Broker.CallAsync("job-manager.kill", new { id = id.WireValue, signum = 12 });
        }
        catch (BrokerException late) when (late.Errnum == Errno.EINVAL)
        {
            // The first one arrived, and the job has ended.
        }

        Assert.Equal(140 << 8, Number(await Broker.EndAsync(id), "waitstatus"));
    }

    [Fact]
    public async Task A_job_waits_for_those_it_depends_on()
    {
        var first = await Broker.SubmitAsync(Jobspecs.Of("true"), urgency: 0);
        var second = await Broker.SubmitAsync(Jobspecs.Of("true").With("system.dependencies", Dependency("afterok", first)));
        var waiting = await Broker.ReachAsync(second, JobState.Depend);
        Assert.Equal(JobState.Depend, StateOf(waiting));
        Assert.Equal($"after-success={first}", Assert.Single(waiting.GetProperty("dependencies").EnumerateArray()).GetString());

        await Broker.CallAsync("job-manager.urgency", new { id = first.WireValue, urgency = 16 });

        var job = await Broker.EndAsync(second);
        Assert.Equal(JobResult.Completed, ResultOf(job));
        Assert.Empty(job.GetProperty("dependencies").EnumerateArray());
    }

    [Fact]
    public async Task A_job_fails_with_what_it_depends_on()
    {
        var first = await Broker.SubmitAsync(Jobspecs.Of("false"), urgency: 0);
        var second = await Broker.SubmitAsync(Jobspecs.Of("true").With("system.dependencies", Dependency("afterok", first)));
        await Broker.CallAsync("job-manager.urgency", new { id = first.WireValue, urgency = 16 });

        var job = await Broker.EndAsync(second);

        Assert.Equal(JobResult.Failed, ResultOf(job));
        Assert.Equal("dependency", Text(job, "exception_type"));
        Assert.False(Has(job, "t_run"));
    }

    [Fact]
    public async Task Many_submits_at_once_are_all_answered_with_ids_of_their_own()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Broker.SubmitAsync("true")));

        Assert.Equal(64, ids.Distinct().Count());
        var jobs = await Task.WhenAll(ids.Select(Broker.EndAsync));
        Assert.All(jobs, job => Assert.Equal(JobResult.Completed, ResultOf(job)));
    }

    [Fact]
    public async Task A_waitable_job_can_be_waited_for_once()
    {
        var good = await Broker.SubmitAsync(Jobspecs.Of("true"), flags: 4);
        var bad = await Broker.SubmitAsync(Jobspecs.Of("false"), flags: 4);

        Assert.True((await Broker.CallAsync("job-manager.wait", new { id = good.WireValue })).GetProperty("success").GetBoolean());
        Assert.False((await Broker.CallAsync("job-manager.wait", new { id = bad.WireValue })).GetProperty("success").GetBoolean());
        Assert.Equal(Errno.ECHILD, (await Broker.RefusalAsync("job-manager.wait", new { id = good.WireValue })).Errnum);
    }

    // Job shells of Flux prepare their tasks for MPI and GPUs.
    private static readonly string[] OfTheShell = ["FLUX_", "PMI_", "CUDA_", "OMPI_MCA_", "LD_LIBRARY_PATH"];

    private static JsonArray Dependency(string scheme, JobId id) => new JsonArray(new JsonObject { ["scheme"] = scheme, ["value"] = id.ToString() });
}
