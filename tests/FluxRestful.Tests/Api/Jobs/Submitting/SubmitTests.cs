using System.Text;
using System.Text.Json;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Api.Jobs.Submitting;

/// <summary>POST /api/v1/jobs; the behaviours that flux-rest-server's t1002 pins, and ours beyond.</summary>
public sealed class SubmitTests
{
    private const string Path = "/api/v1/jobs";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_created_with_a_plain_id_and_its_location_and_runs()
    {
        await using var app = await ApiApp.StartAsync();

        var response = await PostAsync(app.Alice, """{"command": ["true"]}""");
        var answer = await ApiApp.ReadAsync(response, 201);

        var id = answer.GetProperty("id");
        Assert.Equal(JsonValueKind.String, id.ValueKind);
        Assert.Matches("^f[1-9A-HJ-NP-Za-km-z]+$", id.GetString());
        Assert.Equal($"/api/v1/jobs/{id.GetString()}", response.Headers.Location!.OriginalString);
        Assert.Equal("COMPLETED", (await EndOfAsync(app, id.GetString()!)).GetProperty("result").GetString());
    }

    [Fact]
    public async Task The_working_directory_and_the_environment_have_defaults_and_nothing_of_the_servers()
    {
        Environment.SetEnvironmentVariable("FLUX_RESTFUL_LEAK_TEST", "leaked");
        await using var app = await ApiApp.StartAsync();

        var lines = await OutputAsync(app, new { command = (string[])["sh", "-c", "pwd; env"] });

        Assert.Equal(Environment.GetEnvironmentVariable("HOME"), lines[0]);
        Assert.DoesNotContain(lines, line => line.StartsWith("FLUX_RESTFUL_LEAK_TEST", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("HOME=", StringComparison.Ordinal));
        Assert.Contains("PATH=/usr/local/bin:/usr/bin:/bin", lines);
    }

    [Fact]
    public async Task A_given_directory_and_variable_go_before_the_defaults()
    {
        await using var app = await ApiApp.StartAsync();

        var lines = await OutputAsync(app, new
        {
            command = (string[])["sh", "-c", "pwd; echo CUSTOM=$CUSTOM_VAR; echo $PATH"],
            cwd = "/tmp",
            environment = new Dictionary<string, string> { ["CUSTOM_VAR"] = "myvalue", ["PATH"] = "/bin" },
        });

        Assert.Equal(["/tmp", "CUSTOM=myvalue", "/bin"], lines);
    }

    [Fact]
    public async Task The_names_of_flux_rest_server_are_honoured_too()
    {
        await using var app = await ApiApp.StartAsync();

        var job = await EndOfAsync(app, await SubmitAsync(app, """{"command": ["true"], "num_tasks": 2, "name": "t1002test"}"""));
        var other = await EndOfAsync(app, await SubmitAsync(app, """{"command": ["true"], "num_nodes": 1}"""));

        Assert.Equal(2, job.GetProperty("ntasks").GetInt32());
        Assert.Equal("t1002test", job.GetProperty("name").GetString());
        Assert.Equal(1, other.GetProperty("nnodes").GetInt32());
    }

    [Theory]
    [InlineData("""{"command": ["true"], "num_gpus": 1}""", "num_gpus")]
    [InlineData("{}", "command")]
    [InlineData("""{"command": "true"}""", "command")]
    [InlineData("""{"command": []}""", "command")]
    [InlineData("""{"command": [""]}""", "command")]
    [InlineData("""{"command": ["a\u0000b"]}""", "command")]
    [InlineData("""{"command": ["true", null]}""", "command")]
    [InlineData("""{"command": ["true"], "command": ["false"]}""", "command")]
    [InlineData("""{"command": ["true"], "tasks": 0}""", "tasks")]
    [InlineData("""{"command": ["true"], "tasks": "2"}""", "tasks")]
    [InlineData("""{"command": ["true"], "tasks": 2.5}""", "tasks")]
    [InlineData("""{"command": ["true"], "tasks": 1000001}""", "tasks")]
    [InlineData("""{"command": ["true"], "tasks": 2, "num_tasks": 2}""", "tasks")]
    [InlineData("""{"command": ["true"], "tasks": 1, "nodes": 2}""", "nodes")]
    [InlineData("""{"command": ["true"], "coresPerTask": -1}""", "coresPerTask")]
    [InlineData("""{"command": ["true"], "gpusPerTask": -1}""", "gpusPerTask")]
    [InlineData("""{"command": ["true"], "exclusive": true}""", "exclusive")]
    [InlineData("""{"command": ["true"], "duration": "1h30m"}""", "duration")]
    [InlineData("""{"command": ["true"], "duration": "inf"}""", "duration")]
    [InlineData("""{"command": ["true"], "duration": -1}""", "duration")]
    [InlineData("""{"command": ["true"], "duration": true}""", "duration")]
    [InlineData("""{"command": ["true"], "cwd": ""}""", "cwd")]
    [InlineData("""{"command": ["true"], "environment": {"1A": "x"}}""", "environment")]
    [InlineData("""{"command": ["true"], "environment": {"A": 1}}""", "environment.A")]
    [InlineData("""{"command": ["true"], "urgency": 32}""", "urgency")]
    [InlineData("""{"command": ["true"], "urgency": -1}""", "urgency")]
    [InlineData("""{"command": ["true"], "dependencies": ["afterok:nonsense"]}""", "dependencies[0]")]
    [InlineData("""{"command": ["true"], "dependencies": ["begin-time:soon"]}""", "dependencies[0]")]
    [InlineData("""{"command": ["true"], "dependencies": [":x"]}""", "dependencies")]
    [InlineData("""{"command": ["true"], "requires": "a &"}""", "requires")]
    [InlineData("""{"command": ["true"], "requires": "a", "constraints": {}}""", "constraints")]
    [InlineData("""{"command": ["true"], "constraints": [1]}""", "constraints")]
    [InlineData("""{"command": ["true"], "shellOptions": {"a..b": 1}}""", "shellOptions")]
    [InlineData("""{"command": ["true"], "attributes": {"": 1}}""", "attributes")]
    [InlineData("""{"command": ["true"], "attributes": {".system": 5}}""", "attributes")]
    [InlineData("""{"command": ["true"], "attributes": {"dependencies": {}}}""", "attributes")]
    [InlineData("""{"command": ["true"], "attributes": {"queue": 5}}""", "attributes")]
    [InlineData("""{"command": ["true"], "attributes": {"alloc-bypass.R": {}}}""", "attributes")]
    [InlineData("""{"command": ["true"], "attributes": {"dependencies": [{"scheme": "afterany", "value": "f1"}]}}""", "dependencies[0]")]
    [InlineData("""{"command": ["true"], "stdout": ""}""", "stdout")]
    public async Task What_cannot_be_is_refused_by_member(string body, string member)
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 400);

        Assert.Equal("urn:flux-restful:problem:invalid-request", problem.GetProperty("type").GetString());
        Assert.Contains(problem.GetProperty("errors").EnumerateObject(), error => error.Name == member || error.Name.StartsWith(member + "[", StringComparison.Ordinal));
        await NothingWasSubmittedAsync(app);
    }

    [Theory]
    [InlineData("not json", "application/json", 400)]
    [InlineData("", "application/json", 400)]
    [InlineData("[]", "application/json", 400)]
    [InlineData("null", "application/json", 400)]
    [InlineData("command=true", "application/x-www-form-urlencoded", 415)]
    public async Task A_body_that_is_no_request_is_refused(string body, string mediaType, int status)
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.ReadAsync(await app.Alice.PostAsync(Path, new StringContent(body, Encoding.UTF8, mediaType), Ct), status);

        await NothingWasSubmittedAsync(app);
    }

    [Fact]
    public async Task An_unknown_queue_is_a_mistake_of_the_client_in_Fluxs_words()
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"command": ["true"], "queue": "nonexistent-queue-xyz"}"""), 400);

        Assert.Equal("urn:flux-restful:problem:refused", problem.GetProperty("type").GetString());
        Assert.Contains("nonexistent-queue-xyz", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_path_is_not_found()
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.PostAsync(app.Alice, "/api/v1/nonexistent", new { }, 404);
    }

    [Fact]
    public async Task Whoever_may_only_look_submits_nothing()
    {
        await using var app = await ApiApp.StartAsync();

        await ApiApp.PostAsync(app.Viewer, Path, new { command = (string[])["true"] }, 403);
        await ApiApp.PostAsync(app.With(null), Path, new { command = (string[])["true"] }, 401);

        await NothingWasSubmittedAsync(app);
    }

    [Fact]
    public async Task More_than_the_usual_urgency_is_for_those_who_control_everybodys_jobs()
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.PostAsync(app.Alice, Path, new { command = (string[])["true"], urgency = 17 }, 400);
        var held = await SubmitAsync(app, """{"command": ["true"], "urgency": 0}""");
        var urgent = (await ApiApp.PostAsync(app.Operator, Path, new { command = (string[])["true"], urgency = 31 }, 201)).GetProperty("id").GetString();

        Assert.True(problem.GetProperty("errors").TryGetProperty("urgency", out _));
        Assert.Equal(0, (await JobAsync(app, held)).GetProperty("urgency").GetInt32());
        Assert.Equal(31, (await RestfulApp.GetAsync(app.App.ClientFor("oscar"), $"/v1/jobs/{urgent}")).GetProperty("urgency").GetInt32());
    }

    [Fact]
    public async Task A_job_waits_for_jobs_of_its_own_tenant_only()
    {
        await using var app = await ApiApp.StartAsync();
        var mine = await SubmitAsync(app, """{"command": ["true"], "urgency": 0}""");
        var strangers = (await ApiApp.PostAsync(app.Bob, Path, new { command = (string[])["true"], urgency = 0 }, 201)).GetProperty("id").GetString()!;

        var waiting = await SubmitAsync(app, $$"""{"command": ["true"], "dependencies": ["afterany:{{mine}}"]}""");
        var refused = await ApiApp.PostAsync(app.Alice, Path, new { command = (string[])["true"], dependencies = (string[])["afterany:" + strangers] }, 400);
        var unknown = await ApiApp.PostAsync(app.Alice, Path, new { command = (string[])["true"], dependencies = (string[])["afterany:f1"] }, 400);
        var hidden = new Dictionary<string, object> { ["system.dependencies"] = new[] { new { scheme = "AfterAny", value = strangers } } };
        await ApiApp.PostAsync(app.Alice, Path, new { command = (string[])["true"], attributes = hidden }, 400);
        await ApiApp.PostAsync(app.Alice, Path, new { script = $"#!/bin/sh\n#flux: --dependency=afterany:{strangers}\n" }, 400);

        Assert.Equal("DEPEND", (await JobAsync(app, waiting)).GetProperty("state").GetString());
        Assert.Equal("There is no such job.", refused.GetProperty("errors").GetProperty("dependencies[0]")[0].GetString());
        Assert.Equal("There is no such job.", unknown.GetProperty("errors").GetProperty("dependencies[0]")[0].GetString());
    }

    [Theory]
    [InlineData("+1h")]
    [InlineData("4102444800")]
    [InlineData("2100-01-01T00:00:00Z")]
    public async Task A_job_can_wait_for_a_time(string when)
    {
        await using var app = await ApiApp.StartAsync();

        var id = await SubmitAsync(app, $$"""{"command": ["true"], "dependencies": ["begin-time:{{when}}"]}""");

        Assert.Equal("DEPEND", (await JobAsync(app, id)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_duration_is_a_number_of_seconds_or_a_text()
    {
        await using var app = await ApiApp.StartAsync();

        var number = await JobAsync(app, await SubmitAsync(app, """{"command": ["true"], "duration": 90.5}"""));
        var text = await JobAsync(app, await SubmitAsync(app, """{"command": ["true"], "duration": "1.5h"}"""));

        Assert.Equal(90.5, number.GetProperty("duration").GetDouble());
        Assert.Equal(5400, text.GetProperty("duration").GetDouble());
    }

    [Fact]
    public async Task A_script_runs_with_its_arguments_and_its_directives_are_defaults()
    {
        await using var app = await ApiApp.StartAsync();
        const string Script = "#!/bin/sh\n#flux: --job-name=from-script -n2\n#FLUX_IS_NO_DIRECTIVE\n#flux: --env=SAID=script --env=MORE=script\necho $1 $SAID $MORE\n";

        var id = await SubmitAsync(app, JsonSerializer.Serialize(new
        {
            script = Script,
            arguments = (string[])["an argument"],
            environment = new Dictionary<string, string> { ["SAID"] = "request" },
            tasks = 1,
        }));
        var job = await EndOfAsync(app, id);

        Assert.Equal(("from-script", 1, "COMPLETED"), (job.GetProperty("name").GetString(), job.GetProperty("ntasks").GetInt32(), job.GetProperty("result").GetString()));
        Assert.Equal(["an argument request script"], await LinesAsync(app, id));
    }

    [Theory]
    [InlineData("""{"script": "echo"}""", "script", "Line 1: A script must begin with #!.")]
    [InlineData("""{"script": ""}""", "script", "Line 1")]
    [InlineData("""{"script": "#!/bin/sh\r\necho\r\n"}""", "script", "CR LF")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: --nonsense\n"}""", "script", "Line 2: There is no option --nonsense here.")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: --urgency=31\n"}""", "script", "superusers")]
    [InlineData("""{"script": "#!/bin/sh\n#flux: --dependency=afterok:f1\n"}""", "script", "no such job")]
    [InlineData("""{"script": "#!/bin/sh\n\u0000"}""", "script", "zero byte")]
    [InlineData("""{"script": "#!/bin/sh\n", "command": ["true"]}""", "command", "Only one")]
    [InlineData("""{"script": "#!/bin/sh\n", "jobspec": {}}""", "script", "Only one")]
    [InlineData("""{"command": ["true"], "arguments": ["x"]}""", "arguments", "belongs to a script")]
    [InlineData("""{"command": ["true"], "nested": true}""", "nested", "belongs to a script")]
    [InlineData("""{"jobspec": {}, "tasks": 2, "urgency": 1}""", "tasks", "beside a jobspec")]
    [InlineData("""{"jobspec": {}}""", "jobspec.resources", "missing")]
    [InlineData("""{"jobspec": []}""", "jobspec", "object")]
    public async Task A_script_or_a_jobspec_that_is_none_is_refused_in_words(string body, string member, string words)
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 400);

        Assert.Contains(words, problem.GetProperty("errors").GetProperty(member)[0].GetString(), StringComparison.Ordinal);
        await NothingWasSubmittedAsync(app);
    }

    [Fact]
    public async Task A_nested_script_becomes_what_flux_batch_makes_but_its_output_stays_with_Flux()
    {
        await using var app = await ApiApp.StartAsync();

        var told = await ApiApp.PostAsync(app.Alice, Path + "?dryRun=true", new { script = "#!/bin/sh\n#flux: -N1\n", nested = true });

        var jobspec = told.GetProperty("jobspec");
        Assert.Equal(["flux", "broker", "{{tmpdir}}/script"], jobspec.GetProperty("tasks")[0].GetProperty("command").EnumerateArray().Select(word => word.GetString()));
        var options = jobspec.GetProperty("attributes").GetProperty("system").GetProperty("shell").GetProperty("options");
        Assert.Equal("node", options.GetProperty("per-resource").GetProperty("type").GetString());
        Assert.False(options.GetProperty("output").TryGetProperty("stdout", out _));
        Assert.True(told.GetProperty("asks").GetProperty("exclusive").GetBoolean());
    }

    [Fact]
    public async Task A_whole_jobspec_is_taken_and_belongs_to_whoever_sent_it_whatever_mark_is_in_it()
    {
        await using var app = await ApiApp.StartAsync();
        var told = await ApiApp.PostAsync(app.Bob, Path + "?dryRun=true", new { command = (string[])["sh", "-c", "env; pwd"], environment = new Dictionary<string, string> { ["OWN"] = "1" }, cwd = "/tmp" });
        var jobspec = System.Text.Json.Nodes.JsonNode.Parse(told.GetProperty("jobspec").GetRawText())!.AsObject();
        jobspec["attributes"]!["user"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"mine": 1, "restful": {"tenant": "bob", "request": "00000000000000000000000000000001", "mac": "00"}}""");

        var id = await SubmitAsync(app, $$"""{"jobspec": {{jobspec}}, "urgency": 8}""");
        var job = await EndOfAsync(app, id);

        Assert.Equal(8, job.GetProperty("urgency").GetInt32());
        var lines = await LinesAsync(app, id);
        Assert.Contains("OWN=1", lines);
        Assert.Contains("/tmp", lines);
        await RestfulApp.GetAsync(app.App.ClientFor("bob"), $"/v1/jobs/{id}", 404);
    }

    [Fact]
    public async Task A_jobspec_without_environment_gets_the_defaults_and_nothing_of_the_servers()
    {
        Environment.SetEnvironmentVariable("FLUX_RESTFUL_LEAK_TEST", "leaked");
        await using var app = await ApiApp.StartAsync();

        var id = await SubmitAsync(
            app,
            """
            {"jobspec": {"version": 1, "resources": [{"type": "slot", "count": 1, "label": "task", "with": [{"type": "core", "count": 1}]}],
             "tasks": [{"command": ["env"], "slot": "task", "count": {"per_slot": 1}}], "attributes": {"system": {"duration": 0}}}}
            """);
        await EndOfAsync(app, id);

        var lines = await LinesAsync(app, id);
        Assert.Contains("PATH=/usr/local/bin:/usr/bin:/bin", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("FLUX_RESTFUL_LEAK_TEST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_only_Flux_sees_in_a_jobspec_is_said_in_its_words()
    {
        await using var app = await ApiApp.StartAsync();

        var problem = await ApiApp.ReadAsync(
            await PostAsync(
                app.Alice,
                """
                {"jobspec": {"version": 1, "resources": [{"type": "slot", "count": 1, "with": [{"type": "core", "count": 1}]}],
                 "tasks": [{"command": ["env"], "slot": "task", "count": {"per_slot": 1}}], "attributes": {"system": {"duration": 0}}}}
                """),
            400);

        Assert.Equal("urn:flux-restful:problem:refused", problem.GetProperty("type").GetString());
        Assert.Contains("slots must have labels", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"command": ["true"]}""", "starts", null)]
    [InlineData("""{"command": ["true"], "urgency": 0}""", "waits", "held")]
    [InlineData("""{"command": ["true"], "tasks": 1000}""", "never", "1 nodes with")]
    [InlineData("""{"command": ["true"], "nodes": 2}""", "never", "1 nodes with")]
    [InlineData("""{"command": ["true"], "gpusPerTask": 1}""", "never", "0 GPUs")]
    [InlineData("""{"command": ["true"], "requires": "bigmem"}""", "never", "No node meets")]
    [InlineData("""{"command": ["true"], "requires": "not bigmem and rank:0"}""", "starts", null)]
    [InlineData("""{"command": ["true"], "constraints": {"unheard": []}}""", "never", "can not be read")]
    [InlineData("""{"command": ["true"], "queue": "none"}""", "refused", "no queue 'none'")]
    [InlineData("""{"command": ["true"], "dependencies": ["begin-time:+1h"]}""", "waits", "begin-time")]
    [InlineData("""{"command": ["true"], "dependencies": ["begin-time:1"]}""", "starts", null)]
    public async Task A_dry_run_tells_what_would_become_of_a_job_and_submits_nothing(string body, string verdict, string? reason)
    {
        await using var app = await ApiApp.StartAsync();

        var told = await ApiApp.ReadAsync(await PostAsync(app.Alice, body, "?dryRun=true"), 200);

        Assert.Equal(verdict, told.GetProperty("verdict").GetString());
        Assert.Contains(reason ?? "", told.TryGetProperty("reason", out var given) ? given.GetString() : "", StringComparison.Ordinal);
        Assert.Equal(1, told.GetProperty("jobspec").GetProperty("version").GetInt32());
        Assert.False(told.GetProperty("jobspec").GetProperty("attributes").TryGetProperty("user", out _));
        await NothingWasSubmittedAsync(app);
    }

    [Fact]
    public async Task A_dry_run_tells_what_is_wrong_and_what_is_asked_for()
    {
        await using var app = await ApiApp.StartAsync();

        var wrong = await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"command": ["true"], "tasks": 0}""", "?dryRun=true"), 200);
        var asks = (await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"command": ["true"], "nodes": 2, "tasks": 4, "coresPerTask": 3, "duration": "1m"}""", "?dryRun=true"), 200)).GetProperty("asks");

        Assert.Equal("refused", wrong.GetProperty("verdict").GetString());
        Assert.True(wrong.GetProperty("errors").TryGetProperty("tasks", out _));
        Assert.Equal((2, 12, 4, 60), (asks.GetProperty("nodes").GetInt32(), asks.GetProperty("cores").GetInt32(), asks.GetProperty("tasks").GetInt32(), asks.GetProperty("duration").GetDouble()));
    }

    [Fact]
    public async Task A_dry_run_knows_how_the_jobs_ended_that_it_depends_on()
    {
        await using var app = await ApiApp.StartAsync();
        var held = await SubmitAsync(app, """{"command": ["true"], "urgency": 0}""");
        var failed = await SubmitAsync(app, """{"command": ["false"]}""");
        await EndOfAsync(app, failed);

        Assert.Equal("waits", await VerdictAsync($"afterok:{held}"));
        Assert.Equal("refused", await VerdictAsync($"afterok:{failed}"));
        Assert.Equal("starts", await VerdictAsync($"afternotok:{failed}"));
        Assert.Equal("starts", await VerdictAsync($"afterany:{failed}"));

        async Task<string?> VerdictAsync(string dependency) => (await ApiApp.ReadAsync(
            await PostAsync(app.Alice, $$"""{"command": ["true"], "dependencies": ["{{dependency}}"]}""", "?dryRun=true"), 200)).GetProperty("verdict").GetString();
    }

    [Fact]
    public async Task A_dry_run_sees_who_is_there_already()
    {
        await using var app = await ApiApp.StartAsync();
        var cores = (await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"command": ["true"], "tasks": 100000}""", "?dryRun=true"), 200)).GetProperty("reason").GetString()!;
        var all = int.Parse(cores.Split("with ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var running = await SubmitAsync(app, $$"""{"command": ["sleep", "600"], "coresPerTask": {{all}}}""");
        await Eventually.TrueAsync(async () => (await JobAsync(app, running)).GetProperty("state").GetString() == "RUN", Ct);

        var full = await ApiApp.ReadAsync(await PostAsync(app.Alice, """{"command": ["true"]}""", "?dryRun=true"), 200);

        Assert.Equal("waits", full.GetProperty("verdict").GetString());
        Assert.Contains("are free", full.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string body, string query = "") =>
        client.PostAsync(Path + query, new StringContent(body, Encoding.UTF8, "application/json"), Ct);

    private static async Task<string> SubmitAsync(ApiApp app, string body) =>
        (await ApiApp.ReadAsync(await PostAsync(app.Alice, body), 201)).GetProperty("id").GetString()!;

    private static Task<JsonElement> JobAsync(ApiApp app, string id) => RestfulApp.GetAsync(app.App.ClientFor("alice"), $"/v1/jobs/{id}");

    private static async Task<JsonElement> EndOfAsync(ApiApp app, string id)
    {
        var job = default(JsonElement);
        await Eventually.TrueAsync(async () => (job = await JobAsync(app, id)).GetProperty("state").GetString() == "INACTIVE", Ct);
        return job;
    }

    private static async Task<string[]> OutputAsync(ApiApp app, object body)
    {
        var id = (await ApiApp.PostAsync(app.Alice, Path, body, 201)).GetProperty("id").GetString()!;
        await EndOfAsync(app, id);
        return await LinesAsync(app, id);
    }

    private static async Task<string[]> LinesAsync(ApiApp app, string id)
    {
        var output = await RestfulApp.GetAsync(app.App.ClientFor("alice"), $"/v1/jobs/{id}/output");
        return [.. output.GetProperty("Output").EnumerateArray().Select(line => line.GetString()!.TrimEnd('\n'))];
    }

    private static async Task NothingWasSubmittedAsync(ApiApp app) =>
        Assert.Empty((await RestfulApp.GetAsync(app.App.ClientFor(TestApp.Superuser), "/v1/jobs")).GetProperty("jobs").EnumerateArray());
}
