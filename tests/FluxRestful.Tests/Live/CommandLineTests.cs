using System.Text.RegularExpressions;
using FluxRestful.Core.Jobs;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Fakes;
using Broker = FluxRestful.EmbeddedBroker.EmbeddedBroker;
using Client = FluxRestful.Tests.EmbeddedBroker.BrokerSession;

namespace FluxRestful.Tests.Live;

/// <summary>The <c>flux</c> of a real Flux, against an embedded broker: it can not tell the difference. Runs as any user, root too.</summary>
public sealed class CommandLineTests
{
    private const string Id = "ƒ[1-9A-HJ-NP-Za-km-z]+";
    private const string JobsHeader = @" +JOBID USER +NAME +ST NTASKS NNODES +TIME INFO\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// A command line; with {done}, {running} and {held} for jobs that are so; its exit code; and what it writes, as in the recordings
    /// under Fixtures/transcripts/cli or as flux writes it elsewhere.
    /// </summary>
    public static TheoryData<string, int, string> Commands => new()
    {
        { "jobs", 0, $@"{JobsHeader} *{Id} \S+ +held +S +1 +- +- held\n *{Id} \S+ +running +R +1 +1 +\S+ node0\n" },
        { "jobs -a -c1", 0, $@"{JobsHeader}.*\nwarning: output truncated at 1 jobs\.\n.*\n" },
        { "jobs -a", 0, $@"{JobsHeader}(.*\n){{3}}" },
        { "jobs -A --name=running", 0, $@"{JobsHeader} *{Id} \S+ +running +R .*\n" },
        { "jobs -n -f running", 0, $@" *{Id} .* running .*\n" },
        { "jobs -n -f pending", 0, $@" *{Id} .* held .*\n" },
        { "jobs -n -f completed,failed", 0, $@" *{Id} .* done .*\n" },
        { "jobs -n --include=node0 -f active", 0, $@" *{Id} .* running .*\n" },
        { "jobs -n --since=-1h -f inactive", 0, $@" *{Id} .* done .*\n" },
        { "jobs -no {name}|{status}|{ntasks}|{nodelist}|{returncode}|{result}|{urgency}|{inactive_reason} {done}", 0, @"done\|COMPLETED\|1\|node0\|0\|COMPLETED\|16\|(Exit 0)?\n" },
        { "jobs -no {state}|{priority}|{expiration!D:h}|{ncores}|{contextual_info} {running}", 0, @"RUN\|16\|.*\|1\|node0\n" },
        { "jobs --json {done}", 0, "\\{.*\"status\": \"COMPLETED\".*\\}\n" },
        { "jobs --stats-only", 0, "1 running, 1 completed, 0 failed, 1 pending.*\n" },
        { "job stats", 0, "\\{\"job_states\":\\{\"depend\":0,\"priority\":0,\"sched\":1,\"run\":1,\"cleanup\":0,\"inactive\":1,\"total\":3\\},\"successful\":1,.*\\}\n" },
        { "submit -n2 true", 0, Id + "\n" },
        { "submit --env=-* --urgency=hold true", 0, Id + "\n" },
        { "submit --cc=1-3 true", 0, $"({Id}\n){{3}}" },
        { "submit -N2 true", 0, Id + "\n" },
        { "submit --watch --env=-* echo hello", 0, $"{Id}\nhello\n" },
        { "run --env=-* -n2 echo hello", 0, "hello\nhello\n" },
        { "run --label-io -n2 echo hello", 0, "([01]: hello\n){2}" },
        { "run sh -c exit\u00a03", 3, "flux-job: task\\(s\\) exited with exit code 3\n" },
        { "run sh -c kill\u00a0-TERM\u00a0$$", 143, "flux-job: task\\(s\\) Terminated\n" },
        { "run -t200ms sleep 60", 142, "(?s).*resource allocation expired.*" },
        { "run no-such-program", 127, "(?s).*No such file or directory.*" },
        { "job attach {done}", 0, "out\nerr\n" },
        { "job info {done} jobspec", 0, "\\{.*\"command\": ?\\[.*\\}\n" },
        { "job info {done} R", 0, "\\{\"version\": ?1, ?\"execution\": .*|\\{\"version\":1,\"execution\".*\n" },
        { "job eventlog {done}", 0, @"\d+\.\d{6} submit userid=\d+ urgency=16 flags=0 version=1\n\S+ validate\n\S+ depend\n\S+ priority priority=16\n\S+ alloc annotations=\{""sched"":\{""resource_summary"":""rank0/core\d+""\}\}\n\S+ start\n\S+ finish status=0\n\S+ release ranks=""all"" final=true\n\S+ free\n\S+ clean\n" },
        { "job wait-event -v {done} clean", 0, @"(?s).* clean\n" },
        { "job status {done}", 0, "" },
        { "job timeleft {done}", 0, "0\n" },
        { "cancel {running}", 0, "" },
        { "cancel --all", 0, "flux-cancel: Canceled 2 jobs \\(0 errors\\)\n" },
        { "cancel {done}", 1, "flux-cancel: .*: job is inactive\n" },
        { "job kill {running}", 0, "" },
        { "job kill {held}", 1, "flux-job: kill .*: job is not running\n" },
        { "job raise --severity=3 {running} a word", 0, "" },
        { "job urgency {held} 17", 0, "" },
        { "job urgency {running} 17", 1, "flux-job: .*\n" },
        { "job memo {held} a=b", 0, "" },
        { "job memo {done} a=b", 1, "flux-job: memo: job is inactive\n" },
        { "update {held} duration=60s", 0, "" },
        { "pgrep running", 0, Id + "\n" },
        { "pgrep nothing-of-the-kind", 1, "" },
        { "pstree -a", 0, @"(?s)\..*running:R.*" },
        { "queue list", 0, @" EN ST TDEFAULT +TLIMIT +NNODES +NCORES +NGPUS\n.*✔.*✔.* inf +inf +0-1 +0-3 +0-0\n" },
        { "queue status", 0, "Job submission is enabled\nScheduling is started\n" },
        { "queue stop --message=why", 0, "Scheduling is stopped: why\n" },
        { "queue start", 0, "Scheduling is started\n" },
        { "queue disable --message=why", 0, "Job submission is disabled: why\n" },
        { "resource list", 0, @" +STATE NNODES NCORES NGPUS NODELIST\n +free +1 +2 +0 node0\n allocated +1 +1 +0 node0\n +down +0 +0 +0 \n" },
        { "resource status", 0, @" +STATEUP NNODES NODELIST\n +avail ✔ +1 node0\n" },
        { "resource drain 0 testing", 0, "" },
        { "uptime", 0, @" \d\d:\d\d:\d\d run \S+,  owner \S+,  depth 0,  size 1\n" },
        { "getattr size", 0, "1\n" },
        { "kvs get resource.R", 0, "\\{\"version\":1,\"execution\":.*\\}\n" },
        { "dmesg", 0, @"(?s).*broker.*trying and testing.*" },
        { "module list", 0, @"Module +Idle +S Sendq Recvq Service\n(?s).*job-manager.*" },
        { "ping --count=1 0", 0, @"flux-ping 0!broker\n0!broker\.ping pad=0 seq=0 time=.* ms \(.*\)\n" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_command_line_ends_and_writes_as_it_does_on_a_real_flux(string command, int exit, string output)
    {
        await using var broker = await StartAsync();
        var jobs = await SetUpAsync(broker);
        var arguments = command.Split(' ').Select(argument => jobs.GetValueOrDefault(argument, argument).Replace('\u00a0', ' '));
        var outcome = await FluxCommand.RunAsync(broker.Uri, Token, arguments);

        var written = outcome.Output + outcome.Error;
        Assert.True(outcome.ExitCode == exit, $"{command} ended with {outcome.ExitCode}: {written}");
        Assert.True(Regex.IsMatch(Regex.Replace(written, "\u001b\\[[0-9;]*m", ""), $"^(?:{output})$"), $"{command} wrote {written}");
    }

    [Fact]
    public async Task Waitable_jobs_are_waited_for()
    {
        await using var broker = await StartAsync();
        var good = await SubmitAsync(broker, "--flags=waitable", "true");
        var bad = await SubmitAsync(broker, "--flags=waitable", "sh", "-c", "exit 7");

        var outcome = await FluxCommand.RunAsync(broker.Uri, Token, "job", "wait", "--all", "-v");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"{good}: job completed successfully", outcome.Output + outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"{bad}: task(s) exited with exit code 7", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_attaches_to_a_running_job_reads_what_it_wrote_and_what_it_writes()
    {
        await using var broker = await StartAsync();
        var folder = Directory.CreateTempSubdirectory("flux-restful-attach-").FullName;
        var id = await SubmitAsync(broker, "sh", "-c", $"echo before; until test -e {folder}/go; do sleep 0.05; done; echo after; exit 2");
        var attached = FluxCommand.RunAsync(broker.Uri, Token, "job", "attach", id);

        // It is attached once the broker has a client that is not the one who asks.
        await Eventually.TrueAsync(async () => (await FluxCommand.RunAsync(broker.Uri, Token, "module", "stats", "connector-local")).Output.Split("uuid").Length > 2, TimeSpan.FromSeconds(30), Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "go"), "", Token);
        var outcome = await attached;

        Assert.Equal((2, "before\nafter\n"), (outcome.ExitCode, outcome.Output));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Broker> StartAsync()
    {
        var missing = "There is no flux on PATH.";
        Assert.SkipWhen(FluxCommand.Path is null && !FluxCommand.IsRequired, missing);
        Assert.True(FluxCommand.Path is not null, missing);
        return await EmbeddedFlux.StartAsync(new EmbeddedBrokerOptions { Cores = 3, HostName = "node0" }, Token);
    }

    private static async Task<Dictionary<string, string>> SetUpAsync(Broker broker)
    {
        await using var session = await Client.ConnectAsync(broker.Uri);
        var done = await session.SubmitAsync(Client.Jobspec(["sh", "-c", "echo out; sleep 0.1; echo err >&2"], system: new { job = new { name = "done" } }));
        var running = await session.SubmitAsync(Client.Jobspec(["sleep", "300"], system: new { job = new { name = "running" } }));
        var held = await session.SubmitAsync(Client.Jobspec(["true"], system: new { job = new { name = "held" } }), urgency: 0);
        await session.UntilAsync(done);
        await session.UntilAsync(running, (int)JobState.Run);
        return new() { ["{done}"] = Text(done), ["{running}"] = Text(running), ["{held}"] = Text(held) };
    }

    private static string Text(long id) => JobId.FromWire(id).ToString();

    private static async Task<string> SubmitAsync(Broker broker, params IEnumerable<string> arguments)
    {
        var id = (await FluxAsync(broker, 0, ["submit", .. arguments])).Trim();
        Assert.True(JobId.TryParse(id, out _), id);
        return id;
    }

    private static async Task<string> FluxAsync(Broker broker, int exit, params IEnumerable<string> arguments)
    {
        var outcome = await FluxCommand.RunAsync(broker.Uri, Token, arguments);
        Assert.True(outcome.ExitCode == exit, outcome.Error);
        return outcome.Output;
    }
}
