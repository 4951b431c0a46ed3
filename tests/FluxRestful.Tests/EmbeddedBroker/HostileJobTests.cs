using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Signing;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.EmbeddedBroker;

/// <summary>Jobs that mean harm, or are merely strange.</summary>
public sealed class HostileJobTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_has_no_descriptors_but_its_standard_streams()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "exec ls /proc/$$/fd"], slots: 2));

        // The last one is that of ls itself, which reads the directory.
        Assert.Equal(["0", "0", "1", "1", "2", "2", "3", "3"], (await session.OutputAsync(id)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task What_leaves_its_session_and_keeps_the_output_open_ends_no_later_than_the_broker()
    {
        await using var session = await BrokerSession.StartAsync();
        var daemon = await DaemonAsync(session);

        await session.Broker.DisposeAsync().AsTask().WaitAsync(Soon, Token);

        await Eventually.TrueAsync(() => BrokerProcess.IsGone(daemon), Token);
    }

    [Fact]
    public async Task What_leaves_its_session_ends_with_a_broker_that_is_killed()
    {
        using var process = await BrokerProcess.StartAsync(Token);
        await using var session = await BrokerSession.ConnectAsync(process.Uri);
        var daemon = await DaemonAsync(session);

        process.Kill();

        await Eventually.TrueAsync(() => BrokerProcess.IsGone(daemon), Token);
    }

    [Fact]
    public async Task A_killed_job_ends_although_a_daemon_of_it_keeps_its_output_open()
    {
        await using var session = await BrokerSession.StartAsync(new EmbeddedBrokerOptions { Cores = 2, KillTimeout = TimeSpan.FromMilliseconds(200) });
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "setsid sleep 300 & sleep 300"]));
        await session.UntilAsync(id, 16);

        await session.GetAsync("job-manager.raise", new { id, type = "cancel", severity = 0 });

        Assert.Equal(4, (await session.UntilAsync(id)).GetProperty("result").GetInt32());
    }

    [Theory]
    [InlineData("output")]
    [InlineData("input")]
    public async Task A_named_pipe_with_nobody_at_its_other_end_holds_nobody_up(string direction)
    {
        await using var session = await BrokerSession.StartAsync();
        var folder = Directory.CreateTempSubdirectory("flux-restful-pipe-").FullName;
        await session.OutputAsync(await session.SubmitAsync(BrokerSession.Jobspec(["mkfifo", $"{folder}/pipe"])));
        object options = direction == "output"
            ? new { output = new { stdout = new { type = "file", path = $"{folder}/pipe" } } }
            : new { input = new { stdin = new { type = "file", path = $"{folder}/pipe" } } };

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["cat"], options: options));

        Assert.Equal(direction == "output" ? 2 : 1, (await session.UntilAsync(id)).GetProperty("result").GetInt32());
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_absurd_number_of_tasks_fails_the_job_and_nothing_else()
    {
        await using var session = await BrokerSession.StartAsync();
        var jobspec = JsonSerializer.SerializeToNode(BrokerSession.Jobspec(["true"], slots: 2))!;
        foreach (var key in (string[])["total", "per_slot"])
        {
            jobspec["tasks"]![0]!["count"] = JsonSerializer.SerializeToNode(new Dictionary<string, int> { [key] = int.MaxValue });

            var job = await session.UntilAsync(await session.SubmitAsync(jobspec));

            Assert.Equal("exec", job.GetProperty("exception_type").GetString());
            Assert.Equal($"shell_init: {int.MaxValue} tasks: this broker starts no more than 1024 tasks of a job", job.GetProperty("exception_note").GetString());
        }

        Assert.Equal("", await session.OutputAsync(await session.SubmitAsync(BrokerSession.Jobspec(["true"], slots: 2))));
    }

    [Fact]
    public async Task An_absurd_number_of_slots_or_nodes_can_not_be_satisfied()
    {
        await using var session = await BrokerSession.StartAsync();

        var job = await session.UntilAsync(await session.SubmitAsync(BrokerSession.Jobspec(["true"], slots: 1_000_000_000)));

        Assert.Equal("alloc", job.GetProperty("exception_type").GetString());
    }

    [Theory]
    [InlineData("\\u0000", 22)]
    [InlineData("a\\u0000b", 22)]
    public async Task A_text_with_nul_is_no_json_for_flux(string text, int errnum)
    {
        await using var session = await BrokerSession.StartAsync();
        var json = JsonSerializer.Serialize(BrokerSession.Jobspec(["echo", "MARK"])).Replace("MARK", text, StringComparison.Ordinal);
        var signed = UnsignedJobspec.Sign(BrokerSession.UserId, System.Text.Encoding.UTF8.GetBytes(json));

        Assert.Equal(errnum, (await session.AskAsync("job-ingest.submit", new { J = signed, urgency = 16, flags = 0 })).Errnum);
    }

    [Fact]
    public async Task Values_of_the_environment_arrive_as_they_are()
    {
        await using var session = await BrokerSession.StartAsync();

        var id = await session.SubmitAsync(BrokerSession.Jobspec(
            ["/bin/sh", "-c", "printf '[%s]' \"$LINES\" \"$EMPTY\" \"$UNICODE\" \"${EMPTY+set}\""],
            environment: new { LINES = "a\nb\n", EMPTY = "", UNICODE = "ƒ → 猫" }));

        Assert.Equal("[a\nb\n][][ƒ → 猫][set]", await session.OutputAsync(id));
    }

    [Fact]
    public async Task Without_a_path_programs_of_the_system_are_found()
    {
        await using var session = await BrokerSession.StartAsync();

        Assert.Equal("here\n", await session.OutputAsync(await session.SubmitAsync(BrokerSession.Jobspec(["echo", "here"], environment: new { }))));
    }

    [Fact]
    public async Task A_relative_directory_is_one_below_that_of_the_broker()
    {
        await using var session = await BrokerSession.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Environment.CurrentDirectory, $"relative-{Guid.NewGuid():N}"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "script"), "pwd", Token);
        File.SetUnixFileMode(Path.Combine(folder.FullName, "script"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        // A script without #! too.
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["./script"], system: new { cwd = folder.Name }));

        Assert.Equal(folder.FullName + "\n", await session.OutputAsync(id));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_deeply_nested_jobspec_lives_as_any_other()
    {
        await using var session = await BrokerSession.StartAsync();
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", 120)) + "1" + new string('}', 120);
        var jobspec = JsonSerializer.SerializeToNode(BrokerSession.Jobspec(["true"]))!;
        var json = jobspec.ToJsonString().Replace("\"attributes\":{", $"\"attributes\":{{\"user\":{nested},", StringComparison.Ordinal);
        var signed = UnsignedJobspec.Sign(BrokerSession.UserId, System.Text.Encoding.UTF8.GetBytes(json));

        var id = (await session.GetAsync("job-ingest.submit", new { J = signed, urgency = 0, flags = 0 })).GetProperty("id").GetInt64();
        await session.GetAsync("job-manager.update", new { id, updates = new Dictionary<string, double> { ["attributes.system.duration"] = 60.5 } });
        await session.GetAsync("job-manager.urgency", new { id, urgency = 16 });

        Assert.Equal(1, (await session.UntilAsync(id)).GetProperty("result").GetInt32());
    }

    [Fact]
    public async Task Who_left_takes_no_result_from_those_who_wait()
    {
        const int Waitable = 4;
        await using var session = await BrokerSession.StartAsync();
        var held = await session.SubmitAsync(BrokerSession.Jobspec(["true"]), urgency: 0, flags: Waitable);
        var other = await BrokerSession.ConnectAsync(session.Broker.Uri);
        await other.SendAsync("job-manager.wait", new { id = -1 });
        await other.GetAsync("job-manager.getinfo", null);
        await other.DisposeAsync();
        await Eventually.TrueAsync(
            async () => (await session.GetAsync("connector-local.stats-get", null)).GetProperty("clients").GetArrayLength() == 1, Token);

        var waiting = await session.SendAsync("job-manager.wait", new { id = -1 });
        await session.GetAsync("job-manager.urgency", new { id = held, urgency = 16 });

        Assert.Equal(held, BrokerSession.Json(await session.NextAsync(waiting)).GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Output_beyond_the_bound_is_dropped_and_the_job_goes_on()
    {
        await using var session = await BrokerSession.StartAsync(new EmbeddedBrokerOptions { Cores = 2, MaxOutputBytesPerJob = 1024 * 1024 });

        var id = await session.SubmitAsync(BrokerSession.Jobspec(["sh", "-c", "yes a-line-of-some-length | head -c 20000000; exec >&-; exec 2>&-; exit 3"]));

        Assert.Equal(3 << 8, (await session.UntilAsync(id)).GetProperty("waitstatus").GetInt32());
        Assert.Contains(await session.LogAsync(id, "guest.output"), entry => entry.GetProperty("name").GetString() == "log");
    }

    [Fact]
    public async Task Many_short_jobs_leave_no_process_behind()
    {
        await using var session = await BrokerSession.StartAsync();

        // A name of its own: other tests have children too.
        var folder = Directory.CreateTempSubdirectory("flux-restful-short-").FullName;
        var program = Path.Combine(folder, Guid.NewGuid().ToString("N")[..12]);
        await File.WriteAllTextAsync(program, "#!/bin/sh\n", Token);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var ids = new List<long>();
        for (var i = 0; i < 200; i++)
        {
            ids.Add(await session.SubmitAsync(BrokerSession.Jobspec([program])));
        }

        await session.GetAsync("job-manager.drain", null);

        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), process => char.IsAsciiDigit(process[^1]) && IsCalled(process, Path.GetFileName(program)));
        var last = await session.UntilAsync(ids[^1]);
        Assert.Equal((64, 1), (last.GetProperty("state").GetInt32(), last.GetProperty("result").GetInt32()));
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsCalled(string process, string name)
    {
        try
        {
            return File.ReadAllText($"{process}/stat").Contains($"({name})", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // A process that left the session of its job but not its output.
    private static async Task<int> DaemonAsync(BrokerSession session)
    {
        var id = await session.SubmitAsync(BrokerSession.Jobspec(["setsid", "sh", "-c", "setsid sh -c 'echo $$; exec sleep 300' & exit 0"]));
        var watch = await session.SendAsync("job-info.eventlog-watch", new { id, path = "guest.output", flags = 1 }, MessageFlags.Streaming);
        while (true)
        {
            var context = JsonSerializer.Deserialize<JsonElement>(BrokerSession.Json(await session.NextAsync(watch)).GetProperty("event").GetString()!).GetProperty("context");
            if (context.TryGetProperty("data", out var data))
            {
                return int.Parse(data.GetString()!, CultureInfo.InvariantCulture);
            }
        }
    }
}
