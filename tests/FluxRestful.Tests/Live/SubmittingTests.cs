using System.Text.Json;
using FluxRestful.Tests.Api;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

/// <summary>Every way to submit a job, on a real Flux of four nodes with two cores each.</summary>
[Collection(nameof(LiveFlux))]
public sealed class SubmittingTests(LiveFlux flux)
{
    private const string Path = "/api/v1/jobs";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_runs_once_a_task_and_its_directives_count()
    {
        await using var app = await StartAsync();

        var id = await SubmitAsync(app, new { script = "#!/bin/sh\n#flux: -N2 -n2 --job-name=of-script\n#flux: --env=WORD=directive\necho $WORD $1\n", arguments = (string[])["argument"] });

        var job = await EndAsync(app, id);
        Assert.Equal(("COMPLETED", "of-script", 2), (Result(job), job.GetProperty("name").GetString(), job.GetProperty("nnodes").GetInt32()));
        Assert.Equal(["directive argument", "directive argument"], await LinesAsync(app, id));
    }

    [Fact]
    public async Task A_nested_script_has_an_instance_of_its_own()
    {
        await using var app = await StartAsync();

        var id = await SubmitAsync(app, new { script = "#!/bin/sh\n#flux: -N2\nflux getattr size\nflux run -N2 -n2 echo inside\n", nested = true, environment = WithFlux() });

        Assert.Equal("COMPLETED", Result(await EndAsync(app, id)));
        Assert.Equal(["2", "inside", "inside"], (await LinesAsync(app, id)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_job_waits_for_what_it_depends_on()
    {
        await using var app = await StartAsync();
        var good = await SubmitAsync(app, new { command = (string[])["true"], name = "good" });
        var bad = await SubmitAsync(app, new { command = (string[])["false"] });

        var after = await SubmitAsync(app, new { command = (string[])["true"], dependencies = (string[])[$"afterok:{good}", $"afternotok:{bad}", $"afterany:{bad}", "begin-time:+1s"] });
        var failing = await SubmitAsync(app, new { command = (string[])["sh", "-c", "sleep 1; exit 1"] });
        var never = await SubmitAsync(app, new { command = (string[])["true"], dependencies = (string[])[$"afterok:{failing}"] });
        var single = await SubmitAsync(app, new { command = (string[])["true"], name = "good", dependencies = (string[])["singleton"] });

        Assert.Equal("COMPLETED", Result(await EndAsync(app, after)));
        Assert.Equal("FAILED", Result(await EndAsync(app, never)));
        Assert.Equal("COMPLETED", Result(await EndAsync(app, single)));
        var late = new { command = (string[])["true"], dependencies = (string[])[$"afterok:{bad}"] };
        Assert.Equal("refused", (await ApiApp.PostAsync(app.Alice, Path + "?dryRun=true", late)).GetProperty("verdict").GetString());
        await ApiApp.PostAsync(app.Alice, Path, late, 400);
    }

    [Theory]
    [InlineData("""{"command": ["hostname"], "requires": "host:node3"}""", "node3")]
    [InlineData("""{"command": ["hostname"], "requires": "rank:1-2 and not host:node2"}""", "node1")]
    [InlineData("""{"command": ["hostname"], "constraints": {"ranks": ["2"]}}""", "node2")]
    public async Task A_condition_on_nodes_is_heeded(string body, string nodes)
    {
        await using var app = await StartAsync();

        Assert.Equal(nodes, (await EndAsync(app, await SubmitAsync(app, JsonElement.Parse(body)))).GetProperty("nodelist").GetString());
    }

    [Fact]
    public async Task A_dry_run_says_what_then_becomes_of_the_job()
    {
        await using var app = await StartAsync();
        var tooLarge = new { command = (string[])["true"], nodes = 5 };
        var fits = new { command = (string[])["true"], nodes = 4, tasks = 8 };

        Assert.Equal("never", (await ApiApp.PostAsync(app.Alice, Path + "?dryRun=true", tooLarge)).GetProperty("verdict").GetString());
        var told = await ApiApp.PostAsync(app.Alice, Path + "?dryRun=true", fits);

        Assert.Contains(told.GetProperty("verdict").GetString(), (string[])["starts", "waits"]);
        Assert.Equal((4, 8), (told.GetProperty("asks").GetProperty("nodes").GetInt32(), told.GetProperty("asks").GetProperty("cores").GetInt32()));
        Assert.Equal("FAILED", Result(await EndAsync(app, await SubmitAsync(app, tooLarge))));
        Assert.Equal("COMPLETED", Result(await EndAsync(app, await SubmitAsync(app, fits))));
    }

    [Fact]
    public async Task The_jobspec_of_one_job_makes_another_whose_owner_is_who_sent_it()
    {
        await using var app = await StartAsync();
        var jobspec = (await ApiApp.PostAsync(app.Bob, Path + "?dryRun=true", new { command = (string[])["sh", "-c", "echo $MINE"], environment = new Dictionary<string, string> { ["MINE"] = "mine", ["PATH"] = "/usr/bin:/bin" } }))
            .GetProperty("jobspec");

        var id = await SubmitAsync(app, new { jobspec, urgency = 10 });

        Assert.Equal(10, (await EndAsync(app, id)).GetProperty("urgency").GetInt32());
        Assert.Equal(["mine"], await LinesAsync(app, id));
        await RestfulApp.GetAsync(app.App.ClientFor("bob"), $"/v1/jobs/{id}", 404);
    }

    [Fact]
    public async Task Each_of_many_runs_or_is_refused_in_Fluxs_words()
    {
        await using var app = await StartAsync();
        var jobs = Enumerable.Range(0, 40).Select(i => new { command = (string[])["echo", $"{i}"], queue = i == 7 ? "none" : null });

        var answer = await ApiApp.PostAsync(app.Alice, Path + "/bulk", new { jobs }, 207);

        Assert.Equal((39, 1), (answer.GetProperty("submitted").GetInt32(), answer.GetProperty("failed").GetInt32()));
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        Assert.Contains("none", items[7].GetProperty("problem").GetProperty("detail").GetString(), StringComparison.Ordinal);
        foreach (var item in items.Where(item => item.GetProperty("index").GetInt32() != 7))
        {
            var id = item.GetProperty("id").GetString()!;
            Assert.Equal("COMPLETED", Result(await EndAsync(app, id)));
            Assert.Equal([$"{item.GetProperty("index").GetInt32()}"], await LinesAsync(app, id));
        }
    }

    [Fact]
    public async Task A_request_with_a_key_makes_one_job()
    {
        await using var app = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Api.Idempotency.IdempotencyTests.PostAsync(app.Alice, "a-key", """{"command": ["true"]}""")));

        Assert.All(answers, answer => Assert.Contains((int)answer.StatusCode, (int[])[201, 409]));
        Assert.Equal(1, await Api.Idempotency.IdempotencyTests.CountAsync(app));
    }

    [Theory]
    [InlineData("""{"command": ["true"], "queue": "nonexistent-queue-xyz"}""", "nonexistent-queue-xyz")]
    [InlineData("""{"command": ["true"], "requires": "host:nowhere"}""", "nowhere")]
    [InlineData("""{"command": ["true"], "dependencies": ["unheard:x"]}""", "unheard")]
    public async Task What_only_Flux_can_refuse_is_the_clients_mistake_in_Fluxs_words(string body, string words)
    {
        await using var app = await StartAsync();

        var problem = await ApiApp.PostAsync(app.Alice, Path, JsonElement.Parse(body), 400);

        Assert.Equal("urn:flux-restful:problem:refused", problem.GetProperty("type").GetString());
        Assert.Contains(words, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private async Task<ApiApp> StartAsync() => await ApiApp.StartAsync(new TestApp(), ("FLUX_URI", await flux.UriAsync(Token)));

    // Where flux is, for a script that calls it.
    private static Dictionary<string, string> WithFlux() => new() { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };

    private static async Task<string> SubmitAsync(ApiApp app, object body) => (await ApiApp.PostAsync(app.Alice, Path, body, 201)).GetProperty("id").GetString()!;

    private static async Task<JsonElement> EndAsync(ApiApp app, string id)
    {
        using var client = app.App.ClientFor("alice");
        var job = default(JsonElement);
        await Eventually.TrueAsync(
            async () => (job = await RestfulApp.GetAsync(client, $"/v1/jobs/{id}")).GetProperty("state").GetString() == "INACTIVE", TimeSpan.FromSeconds(60), Token);
        return job;
    }

    private static string? Result(JsonElement job) => job.GetProperty("result").GetString();

    private static async Task<string[]> LinesAsync(ApiApp app, string id)
    {
        using var client = app.App.ClientFor("alice");
        return (await client.GetStringAsync($"/v1/jobs/{id}/output/stream", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
