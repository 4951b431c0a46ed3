using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Tests.Core.Jobs.Requests;

public sealed class JobspecBuilderTests
{
    private const string BatchScript = "#!/bin/sh\n#flux: -N1\n#flux: --job-name=from-directive\n#flux: -t 5m\nhostname\necho done\n";

    private static readonly JobRequest Plain = new()
    {
        Command = ["hostname"],
        WorkingDirectory = "/tmp",
        Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LANG"] = "C.UTF-8" },
    };

    // What the directives in the script say is read by the command-line tool.
    private static readonly JobRequest Batch = Plain with { Command = [], Script = new(BatchScript) { Nested = true }, Name = "from-directive", Duration = 300 };

    private static readonly byte[] Embedded = "embedded file\n"u8.ToArray();

    /// <summary>The wishes behind data/jobspecs/NAME.json, as COMMANDS.txt has them. alloc-bg is not ours: it starts no script.</summary>
    private static readonly Dictionary<string, JobRequest> Requests = new()
    {
        ["plain"] = Plain,
        ["n4"] = Plain with { Tasks = 4 },
        ["n4-c2"] = Plain with { Tasks = 4, CoresPerTask = 2 },
        ["n2-g1"] = Plain with { Tasks = 2, GpusPerTask = 1 },
        ["N2"] = Plain with { Nodes = 2 },
        ["N2-n4"] = Plain with { Nodes = 2, Tasks = 4 },
        ["N2-n3"] = Plain with { Nodes = 2, Tasks = 3 },
        ["N2-exclusive"] = Plain with { Nodes = 2, Exclusive = true },
        ["cores8-tasks-per-core"] = Plain with { Cores = 8, TasksPerCore = 2 },
        ["nodes2-tasks-per-node"] = Plain with { Nodes = 2, TasksPerNode = 3 },
        ["cores-per-node"] = Plain with { Nodes = 2, Cores = 4 },
        ["gpus-per-node"] = Plain with { Nodes = 2, GpusPerNode = 2 },
        ["time-90s"] = Plain with { Duration = 90 },
        ["time-1h30"] = Plain with { Duration = 5400 },
        ["time-minutes-int"] = Plain with { Duration = 300 },
        ["env-add"] = Plain with { Environment = new Dictionary<string, string>(Plain.Environment) { ["FOO"] = "bar", ["X"] = "a b=c" } },
        ["env-all-removed"] = Plain with { Environment = new Dictionary<string, string>() },
        ["cwd"] = Plain with { WorkingDirectory = "/var/tmp" },
        ["job-name"] = Plain with { Name = "my.job" },
        ["opt-val"] = Plain with { ShellOptions = Options("verbose=2", "cpu-affinity=per-task", "foo") },
        ["opt-nested"] = Plain with { ShellOptions = Options("output.limit=1M", "signal=USR1@60s") },
        ["setattr-user"] = Plain with { Attributes = Options("user.x=y", "user.n=42", """user.o={"a":[1,2]}""") },
        ["setattr-system"] = Plain with { Attributes = Options("system.foo=bar", "foo=bar") },
        ["queue"] = Plain with { Queue = "batch" },
        ["bank"] = Plain with { Bank = "mybank" },
        ["dependency-afterok"] = Plain with { Dependencies = ["afterok:f1234"] },
        ["dependency-multi"] = Plain with { Dependencies = ["afterany:1234", "singleton:x"] },
        ["dependency-opts"] = Plain with { Dependencies = ["string:foo?type=in"] },
        ["begin-time"] = Plain with { BeginTime = 1893456000 },
        ["requires"] = Plain with { Requires = "host:node[0-1] -rank:3" },
        ["requires-property"] = Plain with { Nodes = 1, Requires = "bigmem" },
        ["requires-or"] = Plain with { Requires = "bigmem|fast" },
        ["output-file"] = Plain with { Output = "out-{{id}}.txt" },
        ["error-file"] = Plain with { Output = "o.txt", Error = "e.txt" },
        ["output-none"] = Plain with { Output = "none" },
        ["input-file"] = Plain with { Command = ["cat"], Input = "/opt/fp-input.txt" },
        ["label-unbuffered"] = Plain with { LabelOutput = true, Unbuffered = true },
        ["flags-waitable"] = Plain,
        ["flags-debug-waitable"] = Plain,
        ["urgency-31"] = Plain,
        ["urgency-hold"] = Plain,
        ["wait-event"] = Plain,
        ["rlimit"] = Plain,
        ["signal"] = Plain with { Signal = "SIGTERM@30s" },
        ["add-file"] = Plain with { Files = [new("fp-data.txt", Embedded)] },
        ["add-file-data"] = Plain with { Files = [new("sub.txt", Embedded)] },
        ["taskmap"] = Plain with { Tasks = 4, TaskMap = "cyclic" },
        ["cc"] = Plain with
        {
            Command = ["echo", "1"],
            Environment = new Dictionary<string, string>(Plain.Environment) { ["FLUX_JOB_CC"] = "1" },
        },
        ["shell-string"] = Plain with { Command = CommandLine.Split("""sh -c "echo \"quoted $HOME\"; exit 3" """) },
        ["unicode"] = Plain with { Command = ["echo", "héllo 你好"] },
        ["run"] = Plain with { Tasks = 2 },
        ["batch-script"] = Batch with { Command = ["arg1", "arg2"], Nodes = 2 },
        ["batch-slots"] = Batch with { Nodes = 1, Tasks = 4, CoresPerTask = 2, Duration = 600, Output = "job.out" },
        ["batch-wrap"] = Batch with { Tasks = 1, Script = new("#!/bin/sh\nhostname\n") { Nested = true }, Name = "hostname", Duration = null },
        ["batch-broker-opts"] = Batch with
        {
            Nodes = 1,
            Script = new(BatchScript)
            {
                Nested = true,
                BrokerOptions = ["-v"],
                BrokerConfiguration = JsonElement.Parse("""{"resource":{"noverify":true}}"""),
            },
        },
        ["batch-name-setattr"] = Batch with { Nodes = 1, Name = "bb", Attributes = Options("user.tag=t"), Dependencies = ["afterany:f1"] },
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_jobspec_is_what_the_tools_make_of_the_same_wishes(string name)
    {
        var recorded = Recorded.Json($"data/jobspecs/{name}.json");
        var request = Requests[name] with { ResourceLimits = Limits(recorded) };
        Assert.Equal(Recorded.Normal(recorded), Recorded.Normal(Element(JobspecBuilder.Build(request))));
    }

    [Fact]
    public void Every_recorded_jobspec_but_that_of_alloc_is_built()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures/data/jobspecs"), "*.json")
            .Select(path => Path.GetFileNameWithoutExtension(path)!)
            .Where(name => name is not ("OUTCOMES" or "alloc-bg"));
        Assert.Equal(files.Order(StringComparer.Ordinal), Requests.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_plain_script_is_the_program_itself()
    {
        var jobspec = Element(JobspecBuilder.Build(Plain with { Command = ["a b"], Script = new("#!/bin/sh\necho $1\n") }));
        Assert.Equal("""["{{tmpdir}}/script","a b"]""", jobspec.GetProperty("tasks")[0].GetProperty("command").GetRawText());
        var script = jobspec.GetProperty("attributes").GetProperty("system").GetProperty("files").GetProperty("script");
        Assert.Equal((33216, "#!/bin/sh\necho $1\n"), (script.GetProperty("mode").GetInt32(), script.GetProperty("data").GetString()));
        Assert.False(jobspec.GetProperty("attributes").GetProperty("system").TryGetProperty("shell", out _));
    }

    [Fact]
    public void A_file_that_is_no_text_travels_as_base64()
    {
        var file = JobspecBuilder.Build(Plain with { Files = [new("x", new byte[] { 0xff, 0 }, 0b111_101_101)] })["attributes"]!["system"]!["files"]!["x"]!;
        Assert.Equal("""{"mode":33261,"size":2,"data":"/wA=","encoding":"base64"}""", file.ToJsonString());
    }

    [Fact]
    public void A_template_in_the_environment_is_left_to_the_job_shell()
    {
        var system = JobspecBuilder.Build(Plain with { Environment = new Dictionary<string, string> { ["A"] = "1", ["R"] = "{{taskid}}" } })["attributes"]!["system"]!;
        Assert.Equal("""{"A":"1"}""", system["environment"]!.ToJsonString());
        Assert.Equal("""{"R":"{{taskid}}"}""", system["shell"]!["options"]!["env-expand"]!.ToJsonString());
    }

    [Fact]
    public void Labels_go_with_the_files_that_are_written()
    {
        var options = JobspecBuilder.Build(Plain with { Output = "o", Error = "e", Input = "i", LabelOutput = true })["attributes"]!["system"]!["shell"]!["options"]!;
        Assert.True((bool)options["output"]!["stdout"]!["label"]! && (bool)options["output"]!["stderr"]!["label"]!);
        Assert.Null(options["input"]!["stdin"]!["label"]);
    }

    [Theory]
    [InlineData("USR2", 12, 60)]
    [InlineData("@2m", 10, 120)]
    [InlineData("9@5", 9, 5)]
    [InlineData("sigint@", 2, 60)]
    public void A_warning_signal_has_its_defaults(string text, int number, double seconds) =>
        Assert.Equal(
            $$"""{"signum":{{number}},"timeleft":{{seconds}}}""",
            JobspecBuilder.Build(Plain with { Signal = text })["attributes"]!["system"]!["shell"]!["options"]!["signal"]!.ToJsonString());

    [Fact]
    public void Any_counts_give_a_jobspec_that_asks_for_them_or_a_refusal()
    {
        var count = Gen.Int[-1, 9].Select(value => value == 9 ? (int?)null : value);
        Gen.Select(count, count, count, count, Gen.Bool).Sample((tasks, nodes, cores, gpus, exclusive) =>
        {
            try
            {
                var jobspec = Element(JobspecBuilder.Build(
                    Plain with { Tasks = tasks, Nodes = nodes, CoresPerTask = cores, GpusPerTask = gpus, Exclusive = exclusive }));
                return JobspecCounts.TryRead(jobspec, out var counts, out _)
                    && counts.Tasks == (tasks ?? nodes ?? 1)
                    && counts.Nodes == (nodes ?? 0)
                    && counts.SlotSize == (cores ?? 1)
                    && counts.SlotGpus == (gpus ?? 0);
            }
            catch (JobRequestException)
            {
                return tasks < 1 || nodes < 1 || cores < 1 || gpus < 0 || nodes > (tasks ?? nodes) || (exclusive && nodes is null);
            }
        });
    }

    [Fact]
    public void Any_texts_give_a_jobspec_or_a_refusal() =>
        Gen.String.Array[8].Sample(texts =>
        {
            try
            {
                var options = new[] { texts[0], texts[1] }.Distinct().Select(JobOption.Parse).DistinctBy(option => option.Key).ToDictionary();
                var request = Plain with
                {
                    Command = [texts[0], texts[1]],
                    Requires = texts[2],
                    Dependencies = [texts[3]],
                    TaskMap = texts[4],
                    Signal = texts[5],
                    ShellOptions = options,
                    Attributes = options,
                    Files = [new(texts[6], Encoding.UTF8.GetBytes(texts[7]))],
                };
                Element(JobspecBuilder.Build(request));
            }
            catch (JobRequestException refusal)
            {
                Assert.NotEqual("", refusal.Field);
            }
        });

    internal static JsonElement Element(JsonObject jobspec) => JsonElement.Parse(jobspec.ToJsonString());

    internal static Dictionary<string, JsonElement> Options(params string[] texts) => texts.Select(JobOption.Parse).ToDictionary();

    private static Dictionary<string, long>? Limits(JsonElement recorded) =>
        recorded.GetProperty("attributes").GetProperty("system").GetProperty("shell").GetProperty("options").TryGetProperty("rlimit", out var limits)
            ? limits.EnumerateObject().ToDictionary(limit => limit.Name, limit => limit.Value.GetInt64())
            : null;
}
