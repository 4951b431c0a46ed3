using CsCheck;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Jobs.Scripts;

namespace FluxRestful.Tests.Core.Jobs.Scripts;

public sealed class ScriptDefaultsTests
{
    [Fact]
    public void The_recorded_script_makes_the_recorded_jobspec()
    {
        var recorded = Recorded.Json("data/jobspecs/batch-script.json");
        var text = recorded.GetProperty("attributes").GetProperty("system").GetProperty("files").GetProperty("script").GetProperty("data").GetString()!;

        var jobspec = JobspecBuilder.Build(ScriptDefaults.Read(new JobScript(text) { Nested = true }).Request with
        {
            // What stood on the command line, which goes before what stands in the script.
            Command = ["arg1", "arg2"],
            Nodes = 2,
            WorkingDirectory = "/tmp",
            Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["LANG"] = "C.UTF-8" },
            ResourceLimits = recorded.GetProperty("attributes").GetProperty("system").GetProperty("shell").GetProperty("options").GetProperty("rlimit")
                .EnumerateObject().ToDictionary(limit => limit.Name, limit => limit.Value.GetInt64()),
        });

        Assert.Equal(Recorded.Normal(recorded), Recorded.Normal(System.Text.Json.JsonSerializer.SerializeToElement(jobspec)));
    }

    [Fact]
    public void Every_option_is_read_in_each_of_its_forms()
    {
        var (request, urgency) = Read(
            "#flux: -n4 -c 2 --gpus-per-slot=1 -N=2 -x",
            "#flux: --time-limit=90s -q batch --bank=b --job-name='my job'",
            "#flux: -o verbose=2 --setopt=foo --setattr=user.x=y",
            "#flux: --dependency=afterok:f1 --begin-time=+5m --requires='a|b' --requires=-rank:3",
            "#flux: --cwd=/tmp --env=A=b=c --input=in --output=out-{{id}} --error=err -l -u --signal=USR1@60s --taskmap=cyclic --urgency=hold",
            "#flux: --broker-opts=-v");

        Assert.Equal((4, 2, 1, 2, true), (request.Tasks, request.CoresPerTask, request.GpusPerTask, request.Nodes, request.Exclusive));
        Assert.Equal((90, "batch", "b", "my job"), (request.Duration, request.Queue, request.Bank, request.Name));
        Assert.Equal(["verbose", "foo"], request.ShellOptions.Keys);
        Assert.Equal(["user.x"], request.Attributes.Keys);
        Assert.Equal(["afterok:f1", "begin-time:+5m"], request.Dependencies);
        Assert.Equal("(a|b) (-rank:3)", request.Requires);
        Assert.Equal(("/tmp", "b=c", "in", "out-{{id}}", "err"), (request.WorkingDirectory, request.Environment["A"], request.Input, request.Output, request.Error));
        Assert.Equal((true, true, "USR1@60s", "cyclic", 0), (request.LabelOutput, request.Unbuffered, request.Signal, request.TaskMap, urgency));
        Assert.Equal(["-v"], request.Script!.BrokerOptions);
    }

    [Theory]
    [InlineData("5", 300)]
    [InlineData("5s", 5)]
    [InlineData("1.5h", 5400)]
    public void A_bare_time_limit_is_minutes_as_on_Fluxs_command_line(string text, double seconds) =>
        Assert.Equal(seconds, Read($"#flux: -t {text}").Request.Duration);

    [Fact]
    public void Directives_are_split_as_a_shell_does()
    {
        var request = Read(
            """# FLUX: --job-name="a \"b\" c"  # the rest is a comment -N9""",
            """# FLUX: --env=X='it\'s' --env=Y=a\ b --env=Z='''say "hi"'''""",
            "# FLUX:",
            "# FLUX: # nothing").Request;

        Assert.Equal("a \"b\" c", request.Name);
        Assert.Equal(("it's", "a b", "say \"hi\""), (request.Environment["X"], request.Environment["Y"], request.Environment["Z"]));
        Assert.Null(request.Nodes);
    }

    [Fact]
    public void A_triple_quotation_goes_over_several_lines()
    {
        var request = Read(
            "# flux: --env=CONF=\"\"\"",
            "# flux: [section]",
            "# flux:   key = 'value'",
            "# flux: \"\"\"",
            "# flux: -N1").Request;

        Assert.Equal("[section]\n  key = 'value'\n", request.Environment["CONF"]);
        Assert.Equal(1, request.Nodes);
    }

    [Fact]
    public void Comments_and_empty_lines_may_stand_between_directives_and_before_them_anything()
    {
        var request = Read("", "# a comment", "import os", "#flux: -N1", "", "# another", "#flux: -n2", "echo").Request;

        Assert.Equal((1, 2), (request.Nodes, request.Tasks));
    }

    [Theory]
    [InlineData("Line 2", "There is no option --nodse", "#flux: --nodse=2")]
    [InlineData("Line 2", "There is no option --add-file", "#flux: --add-file=/etc/passwd")]
    [InlineData("Line 3", "There is no option -z", "#flux: -N1", "#flux: -z")]
    [InlineData("Line 2", "'sleep' is no option", "#flux: sleep 5")]
    [InlineData("Line 2", "'more' is no option", "#flux: -N1 more")]
    [InlineData("Line 2", "'|' is no option", "#flux: --requires=a|b")]
    [InlineData("Line 2", "--nodes needs a value", "#flux: -N")]
    [InlineData("Line 2", "--nodes: This must be a number", "#flux: -Ntwo")]
    [InlineData("Line 2", "--exclusive takes no value", "#flux: --exclusive=yes")]
    [InlineData("Line 2", "--time-limit: This must be minutes", "#flux: -t 1h30m")]
    [InlineData("Line 2", "--env: Only NAME=VALUE", "#flux: --env=-*")]
    [InlineData("Line 2", "--env: Only NAME=VALUE", "#flux: --env=HOME")]
    [InlineData("Line 2", "A quotation is not closed", "#flux: --job-name='x")]
    [InlineData("Line 2", "A backslash ends the line", "#flux: --job-name=x\\")]
    [InlineData("Line 2", "A triple quotation is not closed", "#flux: --job-name=\"\"\"x")]
    [InlineData("Line 2", "The triple quotation is not closed", "#flux: --job-name=\"\"\"")]
    [InlineData("Line 3", "The triple quotation of line 2", "#flux: --job-name=\"\"\"", "echo")]
    [InlineData("Line 4", "before the first line of the program", "#flux: -N1", "echo", "#flux: -n2")]
    [InlineData("Line 3", "All directives must begin alike", "#flux: -N1", "#FLUX: -n2")]
    public void What_cannot_be_read_is_refused_by_line(string line, string message, params string[] lines)
    {
        var wrong = Assert.Throws<JobRequestException>(() => Read(lines));

        Assert.Equal(nameof(JobRequest.Script), wrong.Field);
        Assert.StartsWith(line + ": ", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "must begin with #!")]
    [InlineData("echo", "must begin with #!")]
    [InlineData("\n#!/bin/sh\n", "must begin with #!")]
    [InlineData("#!/bin/sh\r\necho\r\n", "CR LF")]
    public void A_script_begins_with_its_interpreter(string text, string message) =>
        Assert.Contains(message, Assert.Throws<JobRequestException>(() => ScriptDefaults.Read(new JobScript(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Whatever_stands_in_a_script_it_is_read_or_refused_by_line()
    {
        string[] some = ["#flux: ", "#FLUX:", "# flux:", "-N1", "--env=A=b", "\"", "'", "\"\"\"", "'''", "\\", "#", " ", "\n", "\r\n", "x", "(", "--", "-", "=", "-o", "\0", "é"];
        var piece = Gen.Int[0, some.Length - 1].Select(i => some[i]);
        piece.Array[0, 30].Sample(pieces =>
        {
            try
            {
                return ScriptDefaults.Read(new JobScript("#!/bin/sh\n" + string.Concat(pieces))).Request.Script is not null;
            }
            catch (JobRequestException wrong)
            {
                return wrong.Message.StartsWith("Line ", StringComparison.Ordinal);
            }
        });
    }

    private static ScriptDefaults Read(params string[] lines) => ScriptDefaults.Read(new JobScript("#!/bin/sh\n" + string.Join('\n', lines)));
}
