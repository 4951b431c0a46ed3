using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FluxRestful.Tests.Api.Restful;

public sealed class RestfulJobsTests
{
    [Fact]
    public async Task A_job_can_be_read_as_soon_as_it_is_submitted()
    {
        await using var app = await RestfulApp.StartAsync();

        for (var i = 0; i < 20; i++)
        {
            var id = await RestfulApp.SubmitAsync(app.Alice, "true");
            Assert.Equal(id, (await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}")).GetProperty("id").GetUInt64());
            Assert.Contains(id, (await RestfulApp.GetAsync(app.Alice, "/v1/jobs")).GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetUInt64()));
        }
    }

    [Fact]
    public async Task The_exit_code_is_told()
    {
        await using var app = await RestfulApp.StartAsync();

        var job = await RestfulApp.WaitAsync(app.Alice, await RestfulApp.SubmitAsync(app.Alice, "sh -c 'exit 3'"), "INACTIVE");

        Assert.Equal((3, "FAILED"), (job.GetProperty("returncode").GetInt32(), job.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task Standard_output_and_error_are_both_there()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sh -c 'echo pancakes 🥞️; echo trouble >&2; printf end'");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        var lines = (await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}/output")).GetProperty("Output").EnumerateArray().Select(line => line.GetString()).ToList();

        Assert.Equal(["end", "pancakes 🥞️\n", "trouble\n"], lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_silent_running_job_has_no_output_yet_and_nothing_waits_for_it()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 600");
        await RestfulApp.WaitAsync(app.Alice, id, "RUN");

        var answer = await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}/output");

        Assert.Contains("not exist yet", answer.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_comes_while_the_job_runs_and_ends_with_it()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sh -c 'echo first; sleep 600; echo last'");

        using var response = await app.Alice.GetAsync($"/v1/jobs/{id}/output/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("first", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel");

        Assert.DoesNotContain("last", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_of_an_ended_job_is_all_it_wrote()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "seq 1 2000");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        Assert.Equal(string.Concat(Enumerable.Range(1, 2000).Select(i => $"{i}\n")), await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_stream_of_a_job_that_never_ran_is_empty()
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "true", "&num_tasks=1000");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        Assert.Equal("", await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Why_a_job_failed_is_told()
    {
        await using var app = await RestfulApp.StartAsync();

        var job = await RestfulApp.WaitAsync(app.Alice, await RestfulApp.SubmitAsync(app.Alice, "true", "&num_tasks=1000"), "INACTIVE");

        Assert.StartsWith("unsatisfiable request", job.GetProperty("exception").GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0x")]
    [InlineData("f")]
    [InlineData("")]
    public async Task An_id_is_taken_in_every_encoding(string prefix)
    {
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "true");
        var encoded = prefix switch
        {
            "0x" => $"0x{id:x}",
            "f" => new FluxRestful.Core.Jobs.JobId(id).ToString(),
            _ => $"{id}",
        };

        Assert.Equal(id, (await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{encoded}")).GetProperty("id").GetUInt64());
    }

    [Fact]
    public async Task A_pending_job_is_cancelled_too()
    {
        await using var app = await RestfulApp.StartAsync();
        await RestfulApp.SubmitAsync(app.Alice, "sleep 600", "&num_nodes=1&exclusive=true");
        var waiting = await RestfulApp.SubmitAsync(app.Alice, "sleep 600", "&num_nodes=1&exclusive=true");
        await RestfulApp.WaitAsync(app.Alice, waiting, "SCHED");

        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{waiting}/cancel");

        Assert.Equal("CANCELED", (await RestfulApp.WaitAsync(app.Alice, waiting, "INACTIVE")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Nodes_and_nothing_else_simply_works()
    {
        await using var app = await RestfulApp.StartAsync();

        var job = await RestfulApp.WaitAsync(app.Alice, await RestfulApp.SubmitAsync(app.Alice, "true", "&num_nodes=1"), "INACTIVE");

        Assert.Equal(("COMPLETED", 1), (job.GetProperty("result").GetString(), job.GetProperty("ntasks").GetInt32()));
    }

    [Fact]
    public async Task A_time_limit_is_in_seconds()
    {
        await using var app = await RestfulApp.StartAsync();

        var job = await RestfulApp.WaitAsync(app.Alice, await RestfulApp.SubmitAsync(app.Alice, "sleep 600", "&runtime=1"), "INACTIVE");

        Assert.Equal("TIMEOUT", job.GetProperty("result").GetString());
    }

    [Fact]
    public async Task A_job_gets_its_tenants_environment_and_nothing_of_the_servers()
    {
        Environment.SetEnvironmentVariable("FLUX_RESTFUL_TEST_SECRET", "do not tell");
        await using var app = await RestfulApp.StartAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "env", "&envars=" + Uri.EscapeDataString("{'PANCAKES': '5', 'LANG': 'C'}"));
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        var variables = (await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", TestContext.Current.CancellationToken)).Split('\n');

        Assert.Contains("PANCAKES=5", variables);
        Assert.Contains("LANG=C", variables);
        Assert.Contains("PATH=/usr/local/bin:/usr/bin:/bin", variables);
        Assert.All((string[])["HOME=", "USER=", "LOGNAME=", "SHELL="], name => Assert.Contains(variables, variable => variable.StartsWith(name, StringComparison.Ordinal)));
        Assert.DoesNotContain(variables, variable => variable.Contains("SECRET", StringComparison.Ordinal) || variable.StartsWith("DOTNET_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_runs_at_home_unless_told_where()
    {
        await using var app = await RestfulApp.StartAsync();

        Assert.Equal(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "\n", await OutputAsync(app, "pwd", ""));
        Assert.Equal("/tmp\n", await OutputAsync(app, "pwd", "&workdir=/tmp"));
    }

    [Fact]
    public async Task A_known_launcher_runs_as_a_job()
    {
        await using var app = await RestfulApp.StartAsync();

        var job = await RestfulApp.WaitAsync(app.Alice, await RestfulApp.SubmitAsync(app.Alice, "snakemake --version", "&is_launcher=true"), "INACTIVE");

        Assert.Equal("snakemake", job.GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_table_pages_through_all_that_matches()
    {
        await using var app = await RestfulApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await RestfulApp.SubmitAsync(app.Alice, i < 3 ? "true" : "false");
        }

        var page = await RestfulApp.GetAsync(
            app.Alice,
            "/v1/jobs/search?draw=3&start=2&length=2&search[value]=TRUE&order[0][column]=1&order[0][dir]=desc&columns[0][data]=state&columns[1][data]=id");

        Assert.Equal(("3", 5, 3), (page.GetProperty("draw").GetString(), page.GetProperty("recordsTotal").GetInt32(), page.GetProperty("recordsFiltered").GetInt32()));
        Assert.Single(page.GetProperty("data").EnumerateArray());
    }

    [Fact]
    public async Task Without_a_draw_the_rows_of_the_answer_are_counted()
    {
        await using var app = await RestfulApp.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await RestfulApp.SubmitAsync(app.Alice, "true");
        }

        var page = await RestfulApp.GetAsync(app.Alice, "/v1/jobs/search?start=1&length=3&query=true");

        Assert.Equal((5, 3, 3), (page.GetProperty("recordsTotal").GetInt32(), page.GetProperty("recordsFiltered").GetInt32(), page.GetProperty("data").GetArrayLength()));
        Assert.Equal(1, page.GetProperty("draw").GetInt32());
    }

    [Fact]
    public async Task The_nodes_are_the_brokers_that_are_up()
    {
        await using var app = await RestfulApp.StartAsync();

        Assert.Single((await RestfulApp.GetAsync(app.Alice, "/v1/nodes")).GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task Only_a_superuser_stops_the_instance()
    {
        await using var app = await RestfulApp.StartAsync();
        await RestfulApp.PostAsync(app.Alice, "/v1/service/stop", status: 400);
        var stopping = app.App.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var stopped = new TaskCompletionSource();
        await using var registration = stopping.Register(stopped.SetResult);

        Assert.True((await RestfulApp.PostAsync(app.Superuser, "/v1/service/stop")).TryGetProperty("Message", out _));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Every_route_wants_credentials()
    {
        await using var app = await RestfulApp.StartAsync();
        using var anonymous = app.App.Anonymous();

        foreach (var path in (string[])["/v1/jobs", "/v1/jobs/search", "/v1/jobs/1", "/v1/jobs/1/output", "/v1/jobs/1/output/stream", "/v1/nodes"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }

        foreach (var path in (string[])["/v1/jobs/submit", "/v1/jobs/1/cancel", "/v1/service/stop"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(path, null, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task The_api_page_documents_every_parameter()
    {
        await using var app = await RestfulApp.StartAsync();
        var paths = (await RestfulApp.GetAsync(app.Alice, "/openapi/v1-restful.json")).GetProperty("paths");
        var recorded = JsonElement.Parse(File.ReadAllText("Fixtures/contracts/flux-restful-api-v1.json")).GetProperty("exchanges").EnumerateArray()
            .Single(exchange => exchange.GetProperty("name").GetString() == "openapi").GetProperty("response").GetProperty("body").GetProperty("paths");

        foreach (var path in recorded.EnumerateObject().Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal)))
        {
            foreach (var verb in path.Value.EnumerateObject())
            {
                var parameters = paths.GetProperty(path.Name).GetProperty(verb.Name).TryGetProperty("parameters", out var found)
                    ? found.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToList()
                    : [];
                Assert.All(verb.Value.GetProperty("parameters").EnumerateArray(), parameter => Assert.Contains(parameter.GetProperty("name").GetString(), parameters));
            }
        }

        Assert.True(paths.GetProperty("/v1/jobs/submit").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _));
    }

    private static async Task<string> OutputAsync(RestfulApp app, string command, string more)
    {
        var id = await RestfulApp.SubmitAsync(app.Alice, command, more);
        return await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream");
    }
}
