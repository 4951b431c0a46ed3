using System.Text;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker;

namespace FluxRestful.Tests.EmbeddedBroker;

public class TaskTests
{
    private static readonly EmbeddedBrokerOptions TwoCores = new() { Cores = 2, HostName = "node0" };

    [Fact]
    public async Task A_task_has_exactly_the_environment_of_its_jobspec_and_what_a_shell_adds()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["/usr/bin/env"], environment: new { FOO = "a b=c", FLUX_URI = "not this one" }));
        var names = (await session.OutputAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray();

        Assert.Contains("FOO=a b=c", names);
        Assert.Contains($"FLUX_URI={session.Broker.Uri}", names);
        Assert.All(names, name => Assert.True(
            name.StartsWith("FOO=", StringComparison.Ordinal) || name.StartsWith("FLUX_", StringComparison.Ordinal) || name.StartsWith("CUDA_", StringComparison.Ordinal), name));
    }

    [Fact]
    public async Task A_missing_directory_is_a_line_of_stderr_and_no_failure()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["pwd"], system: new { cwd = "/no/such/place" }));

        Assert.Equal(1, (await session.UntilAsync(id)).GetProperty("result").GetInt32());
        Assert.Equal("/tmp\n", await session.OutputAsync(id));
        Assert.Equal("Could not change dir to /no/such/place: No such file or directory. Going to /tmp instead\n", await session.OutputAsync(id, "stderr"));
    }

    [Theory]
    [InlineData("no-such-command", 32512, "No such file or directory")]
    [InlineData("/etc/passwd", 32256, "Permission denied")]
    [InlineData("/tmp", 32256, "Permission denied")]
    public async Task A_command_that_cannot_be_started_is_a_fatal_exec_exception(string command, int status, string why)
    {
        await using var session = await BrokerSession.StartAsync();

        var job = await session.UntilAsync(await session.SubmitAsync(BrokerSession.Jobspec([command])));

        Assert.Equal((status, "exec"), (job.GetProperty("waitstatus").GetInt32(), job.GetProperty("exception_type").GetString()));
        Assert.Equal($"task 0 (host node0): start failed: {command}: {why}", job.GetProperty("exception_note").GetString());
    }

    [Fact]
    public async Task Each_of_several_tasks_knows_its_rank_and_the_highest_exit_code_counts()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "echo $FLUX_TASK_RANK/$FLUX_JOB_SIZE {{taskid}}; exit $FLUX_TASK_RANK"], slots: 2));

        Assert.Equal(256, (await session.UntilAsync(id)).GetProperty("waitstatus").GetInt32());
        Assert.Equal(["0/2 0", "1/2 1"], (await session.OutputAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Input_reaches_the_named_tasks_and_a_closed_one_is_a_broken_pipe()
    {
        await using var session = await BrokerSession.StartAsync();
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["cat"], slots: 2));
        await session.UntilAsync(id, 16);
        var service = $"{BrokerSession.UserId}-shell-{JobId.FromWire(id)}.stdin";

        await session.GetAsync(service, new { stream = "stdin", rank = "all", data = "to all\n" });
        await session.GetAsync(service, new { stream = "stdin", rank = "1", data = "//4K", encoding = "base64", eof = true });
        var late = await session.AskAsync(service, new { stream = "stdin", rank = "1", data = "late\n" });
        var nobody = await session.AskAsync(service, new { stream = "stdin", rank = "7", data = "x" });
        await session.GetAsync(service, new { stream = "stdin", rank = "all", eof = true });

        await session.UntilAsync(id);
        Assert.Equal((32, 32), (late.Errnum, nobody.Errnum));
        Assert.Equal(38, (await session.AskAsync(service, new { stream = "stdin", rank = "all", eof = true })).Errnum);
        var output = await session.OutputAsync(id);
        Assert.Equal(2, output.Split("to all\n").Length - 1);
        Assert.Contains("\u00ff\u00fe\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_of_the_jobspec_runs_from_the_private_directory_of_its_job()
    {
        await using var session = await BrokerSession.StartAsync();
        var files = new { script = new { mode = 33216, data = "#!/bin/sh\nstat -c %a $(dirname $0); echo \"$@\"\n", encoding = "utf-8" } };

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["{{tmpdir}}/script", "a", "{{unknown}}"], system: new { files }));

        Assert.Equal("700\na {{unknown}}\n", await session.OutputAsync(id));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(new Uri(session.Broker.Uri).AbsolutePath, "..", "jobs")));
    }

    [Fact]
    public async Task Output_to_a_file_is_in_the_file_and_the_log_says_where()
    {
        await using var session = await BrokerSession.StartAsync();
        var directory = Directory.CreateTempSubdirectory("flux-embedded-test-");
        try
        {
            var id = await session.SubmitAsync(BrokerSession.Jobspec(
                ["sh", "-c", "echo out; echo err >&2"],
                options: new { output = new { stdout = new { type = "file", path = "{{id.f58plain}}.out" } } },
                system: new { cwd = directory.FullName }));
            await session.UntilAsync(id);

            var name = $"{JobId.FromWire(id)}.out";
            Assert.Equal("out\nerr\n", await File.ReadAllTextAsync(Path.Combine(directory.FullName, name), TestContext.Current.CancellationToken));
            var redirects = (await session.LogAsync(id, "guest.output")).Where(entry => entry.GetProperty("name").GetString() == "redirect").ToArray();
            Assert.Equal(2, redirects.Length);
            Assert.All(redirects, entry => Assert.Equal(name, entry.GetProperty("context").GetProperty("path").GetString()));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_time_limit_ends_what_ignores_its_signal_with_sigkill()
    {
        await using var session = await BrokerSession.StartAsync(TwoCores with { KillTimeout = TimeSpan.FromMilliseconds(200) });

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "trap '' ALRM TERM; echo deaf; sleep 60; sleep 60"], duration: 60));
        var start = (await session.UntilAsync(id, 16)).GetProperty("t_run").GetDouble();
        var watch = await session.SendAsync("job-info.eventlog-watch", new { id, path = "guest.output", flags = 1 }, MessageFlags.Streaming);
        while (!BrokerSession.Json(await session.NextAsync(watch)).GetProperty("event").GetString()!.Contains("deaf", StringComparison.Ordinal))
        {
        }

        // An end that has passed when the broker hears of it is refused.
        await Fakes.Eventually.TrueAsync(
            async () =>
            {
                var limit = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 - start + 0.1;
                return (await session.AskAsync("job-manager.update", new { id, updates = new Dictionary<string, double> { ["attributes.system.duration"] = limit } })).Errnum == 0;
            },
            TestContext.Current.CancellationToken);
        var job = await session.UntilAsync(id);

        Assert.Equal((8, 35072), (job.GetProperty("result").GetInt32(), job.GetProperty("waitstatus").GetInt32()));
        Assert.Equal("resource allocation expired", job.GetProperty("exception_note").GetString());
    }

    [Fact]
    public async Task Output_beyond_its_bound_is_dropped_and_the_job_goes_on()
    {
        await using var session = await BrokerSession.StartAsync(TwoCores with { MaxOutputBytesPerJob = 100_000 });

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "head -c 3000000 /dev/zero | tr '\\0' 'a' | fold -w 100; exit 4"]));

        Assert.Equal(1024, (await session.UntilAsync(id)).GetProperty("waitstatus").GetInt32());
        var log = await session.LogAsync(id, "guest.output");
        Assert.InRange(log.Sum(entry => entry.GetRawText().Length), 50_000, 110_000);
        Assert.Contains("truncated", log.Single(entry => entry.GetProperty("name").GetString() == "log").GetProperty("context").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, log.Count(entry => entry.GetProperty("name").GetString() == "data" && entry.GetProperty("context").TryGetProperty("eof", out _)));
    }

    [Fact]
    public async Task The_output_of_the_oldest_job_makes_room_for_that_of_the_newest()
    {
        await using var session = await BrokerSession.StartAsync(TwoCores with { MaxOutputBytes = 15_000 });
        var spec = BrokerSession.Jobspec(["sh", "-c", "seq 60"]);
        var first = await session.SubmitAsync(spec);
        await session.UntilAsync(first);
        var second = await session.SubmitAsync(spec);
        await session.UntilAsync(second);

        Assert.Equal(Encoding.ASCII.GetString([.. Enumerable.Range(1, 60).SelectMany(number => Encoding.ASCII.GetBytes($"{number}\n"))]), await session.OutputAsync(second));
        Assert.Equal("log", Assert.Single(await session.LogAsync(first, "guest.output")).GetProperty("name").GetString());
    }

    [Fact]
    public async Task What_a_task_leaves_behind_in_its_group_ends_with_it()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "sleep 300 >/dev/null 2>&1 </dev/null & echo $!"]));
        var left = (await session.OutputAsync(id)).Trim();

        await session.UntilAsync(id);
        await Fakes.Eventually.TrueAsync(() => BrokerProcess.IsGone(int.Parse(left, null)), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Jobs_wait_for_cores_in_order_of_urgency()
    {
        await using var session = await BrokerSession.StartAsync();
        await session.GetAsync("job-manager.queue-start", new { start = false, all = false });
        var low = await session.SubmitAsync(BrokerSession.Jobspec(["true"], slots: 2), urgency: 1);
        var high = await session.SubmitAsync(BrokerSession.Jobspec(["true"], slots: 2), urgency: 20);
        await session.GetAsync("job-manager.queue-start", new { start = true, all = false });

        var (first, second) = (await session.UntilAsync(high), await session.UntilAsync(low));

        Assert.True(first.GetProperty("t_cleanup").GetDouble() <= second.GetProperty("t_run").GetDouble());
        Assert.Equal(JsonValueKind.Number, first.GetProperty("ncores").ValueKind);
    }
}
