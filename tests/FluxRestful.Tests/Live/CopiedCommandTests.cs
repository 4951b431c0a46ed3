using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages.Submit;
using FluxRestful.Tests.Api;

namespace FluxRestful.Tests.Live;

/// <summary>What the form gives to copy for flux submit, run by the flux of a real Flux: as a dry run, which needs no broker and may be root's.</summary>
public sealed class CopiedCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"command": ["true"]}""")]
    [InlineData("""{"command": ["printf", "%s", "a b", "it's", "\"$HOME\"", "new\nline", "", "{{id}}"], "tasks": 3, "coresPerTask": 2, "duration": 90.5, "name": "a name", "queue": "batch", "cwd": "/tmp"}""")]
    [InlineData("""{"command": ["true"], "nodes": 2}""")]
    [InlineData("""{"command": ["true"], "nodes": 2, "tasks": 4, "gpusPerTask": 1}""")]
    [InlineData("""{"command": ["true"], "nodes": 2, "exclusive": true}""")]
    [InlineData("""{"command": ["true"], "environment": {"A": "a=b $HOME ${X} $$ 'ünï' \"", "MULTI": "two\nlines", "EMPTY": ""}}""")]
    [InlineData("""{"command": ["true"], "dependencies": ["singleton"], "name": "one", "requires": "bigmem and not host:node3", "urgency": 0}""")]
    [InlineData("""{"command": ["true"], "constraints": {"and": [{"properties": ["a"]}, {"properties": ["b"]}]}}""")]
    [InlineData("""{"command": ["true"], "shellOptions": {"cpu-affinity": "per-task", "text": "1", "verbose": 2, "output.limit": "1M"}, "attributes": {"user.tags": ["a", "b c"]}}""")]
    [InlineData("""{"command": ["true"], "stdin": "/dev/null", "stdout": "out {{id}}.txt", "stderr": "err"}""")]
    [InlineData("""{"command": ["true"], "dependencies": ["begin-time:1764000000", "begin-time:2025-11-24T16:00:00Z"], "bank": "ours"}""")]
    [InlineData("""{"command": ["-odd"]}""")]
    [InlineData("""{"script": "#!/bin/sh\nprintf '%s\\n' \"$@\" 'it''s' \"ünï 😀\"\n# {cc} {{id}} \\n\n", "arguments": ["a b", "{c}"], "tasks": 2}""")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: -N2\ntrue\n"}""")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: -N2 -n 9 -t 7 --job-name='by directive' -q batch -B ours --cwd=/tmp\n#flux: --env=A='a $B' --urgency=hold -o verbose=2 -S user.tags='[\"x\"]' --dependency=singleton\n#flux: --requires=big --requires='-slow' --signal=INT@10s -l --output=out.txt\n#flux: --taskmap=cyclic --input=/dev/null\ntrue\n", "nodes": 3, "tasks": 6, "environment": {"C": "1"}, "name": "by request"}""")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: -N 2 --tasks-per-node=3 --gpus-per-node=1 -x -u --error=err\ntrue\n"}""")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: --cores=4 --tasks-per-core=2\ntrue\n"}""")]
    public async Task It_makes_the_jobspec_that_the_form_makes(string body)
    {
        Require();
        await using var app = await ApiApp.StartAsync();
        var submit = JsonSerializer.Deserialize(body, ServerJson.Default.JobSubmit)!;
        var answer = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs?dryRun=true", JsonNode.Parse(body)!);
        Assert.True(answer.TryGetProperty("jobspec", out var made), answer.GetRawText());
        var line = CopyAs.All(submit, "http://here")[0].Text;
        Assert.StartsWith("flux submit ", line, StringComparison.Ordinal);

        var told = await RunAsync(line.Replace("flux submit", "flux submit --dry-run", StringComparison.Ordinal));
        Assert.Equal(Compared(JsonNode.Parse(made.GetRawText())!, submit, "A"), Compared(JsonNode.Parse(told)!, submit, "A"));
    }

    /// <summary>Flux fills in what stands in braces where it makes copies by itself.</summary>
    [Theory]
    [InlineData("""{"command": ["sh", "-c", "echo $FLUX_JOB_CC"]}""", "flux submit --cc=0-2 ")]
    [InlineData("""{"command": ["sh", "-c", "echo ${FLUX_JOB_CC} {0} {cc} {{id}} {}"], "attributes": {"user.x": {"y": {}}}}""", "for i in ")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: -n 2\nprintf '%s\\n' ${FLUX_JOB_CC}\n"}""", "for i in ")]
    public async Task Copies_are_the_jobspecs_that_the_form_makes(string body, string beginning)
    {
        Require();
        await using var app = await ApiApp.StartAsync();
        var submit = JsonSerializer.Deserialize(body, ServerJson.Default.JobSubmit)!;
        var made = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs?dryRun=true", JsonNode.Parse(body)!)).GetProperty("jobspec").GetRawText();
        var expected = Enumerable.Range(0, 3).Select(i =>
        {
            var copy = JsonNode.Parse(made)!;
            copy["attributes"]!["system"]!["environment"]!["FLUX_JOB_CC"] = $"{i}";
            return Compared(copy, submit, "FLUX_JOB_CC");
        });
        var line = CopyAs.All(submit, "http://here", "3")[0].Text;
        Assert.StartsWith(beginning, line, StringComparison.Ordinal);

        // Dry, Flux makes the first copy only.
        var lines = Enumerable.Range(0, beginning.Contains("--cc", StringComparison.Ordinal) ? 3 : 1).Select(i => line.Replace("--cc=0-2", $"--cc={i}", StringComparison.Ordinal));
        var told = await RunAsync(string.Join('\n', lines).Replace("flux submit", "flux submit --dry-run", StringComparison.Ordinal));
        Assert.Equal(expected, told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(each => Compared(JsonNode.Parse(each)!, submit, "FLUX_JOB_CC")));
    }

    private static void Require()
    {
        if (FluxCommand.Path is null)
        {
            FluxCommand.Require();
        }
    }

    // The environment of whoever submits and where that is, limits of the process, and what this server gives every job, are not the form's.
    private static string Compared(JsonNode jobspec, FluxRestful.Contracts.Jobs.Submitting.JobSubmit submit, params string[] also)
    {
        var system = jobspec["attributes"]!["system"]!.AsObject();
        var environment = system["environment"] as JsonObject ?? [];
        system["environment"] = new JsonObject((submit.Environment ?? new Dictionary<string, string>()).Keys.Union(also).Order().Select(name => KeyValuePair.Create(name, environment[name]?.DeepClone())));
        if (submit.Cwd is null)
        {
            system.Remove("cwd");
        }

        var options = system["shell"]?["options"] as JsonObject ?? [];
        options.Remove("rlimit");
        (options["output"] as JsonObject)?.Remove("batch-timeout");
        return Sorted(jobspec)!.ToJsonString();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject all => new JsonObject(all.Where(one => one.Value is not JsonObject { Count: 0 }).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => KeyValuePair.Create(one.Key, Sorted(one.Value))).Where(one => one.Value is not JsonObject { Count: 0 })),
        JsonArray list => new JsonArray([.. list.Select(Sorted)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)),
        _ => node?.DeepClone(),
    };

    private static async Task<string> RunAsync(string line)
    {
        using var process = Process.Start(FluxCommand.Prepare("/bin/sh", Path.GetTempPath(), "-c", line))!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Token), process.StandardError.ReadToEndAsync(Token));
        await process.WaitForExitAsync(Token);
        Assert.True(process.ExitCode == 0, $"{line}: {await error}");
        return await output;
    }
}
