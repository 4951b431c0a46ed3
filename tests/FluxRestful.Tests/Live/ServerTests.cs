using System.Net;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

/// <summary>The whole server on a real Flux, asked over HTTP.</summary>
[Collection(nameof(LiveFlux))]
public sealed class ServerTests(LiveFlux flux)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Two_tenants_submit_list_read_and_cancel_their_own_jobs()
    {
        await using var app = await RestfulApp.StartAsync(await flux.UriAsync(Token));

        var ofAlice = await RestfulApp.SubmitAsync(app.Alice, "sh -c 'echo to out; echo to err >&2; exit 3'", "&num_tasks=2&num_nodes=2");
        var ofBob = await RestfulApp.SubmitAsync(app.Bob, "sleep 600");

        var job = await RestfulApp.WaitAsync(app.Alice, ofAlice, "INACTIVE");
        Assert.Equal((3, "FAILED", 2), (job.GetProperty("returncode").GetInt32(), job.GetProperty("result").GetString(), job.GetProperty("nnodes").GetInt32()));
        var lines = (await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{ofAlice}/output")).GetProperty("Output").EnumerateArray().Select(line => line.GetString());
        Assert.Equal(["to err\n", "to err\n", "to out\n", "to out\n"], lines.Order(StringComparer.Ordinal));
        Assert.Equal(4, (await app.Alice.GetStringAsync($"/v1/jobs/{ofAlice}/output/stream", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        Assert.Equal([ofAlice], await IdsAsync(app.Alice));
        Assert.Equal([ofBob], await IdsAsync(app.Bob));
        Assert.Superset(new HashSet<ulong> { ofAlice, ofBob }, (await IdsAsync(app.Superuser)).ToHashSet());
        foreach (var path in (string[])["", "/output", "/output/stream"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.GetAsync($"/v1/jobs/{ofBob}{path}", Token)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.PostAsync($"/v1/jobs/{ofBob}/cancel", null, Token)).StatusCode);
        await RestfulApp.PostAsync(app.Bob, $"/v1/jobs/{ofBob}/cancel");
        Assert.Equal("CANCELED", (await RestfulApp.WaitAsync(app.Bob, ofBob, "INACTIVE")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Output_is_followed_while_the_job_runs()
    {
        await using var app = await RestfulApp.StartAsync(await flux.UriAsync(Token));
        var id = await RestfulApp.SubmitAsync(app.Alice, "sh -c 'echo first; sleep 600; echo last'");

        using var response = await app.Alice.GetAsync($"/v1/jobs/{id}/output/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        Assert.Equal("first", await reader.ReadLineAsync(Token));
        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel");

        Assert.DoesNotContain("last", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    // Surprises 3 and 4 are met at every moment of these jobs' lives.
    [Fact]
    public async Task Output_asked_for_at_any_moment_is_whole()
    {
        await using var app = await RestfulApp.StartAsync(await flux.UriAsync(Token));

        var jobs = Enumerable.Range(0, 50).Select(async i =>
        {
            var id = await RestfulApp.SubmitAsync(app.Alice, $"echo line {i}");
            if (i % 2 == 0)
            {
                await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
            }

            return (Expected: $"line {i}\n", Actual: await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", Token));
        });

        Assert.All(await Task.WhenAll(jobs), job => Assert.Equal(job.Expected, job.Actual));
    }

    [Fact]
    public async Task All_four_nodes_are_told()
    {
        await using var app = await RestfulApp.StartAsync(await flux.UriAsync(Token));

        var nodes = (await RestfulApp.GetAsync(app.Alice, "/v1/nodes")).GetProperty("nodes").EnumerateArray().Select(node => node.GetString());

        Assert.Equal(["node0", "node1", "node2", "node3"], nodes);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Alice.PostAsync("/v1/jobs/submit?command=true&num_nodes=5", null, Token)).StatusCode);
    }

    [Fact]
    public async Task A_job_sees_nothing_secret()
    {
        await using var app = await RestfulApp.StartAsync(await flux.UriAsync(Token));
        var id = await RestfulApp.SubmitAsync(app.Alice, "env", "&envars=" + Uri.EscapeDataString("""{"PANCAKES": "5"}"""));
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");

        var output = await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", Token);

        Assert.Contains("PANCAKES=5\n", output, StringComparison.Ordinal);
        foreach (var secret in (string[])[TestApp.SuperuserPassword, TestApp.SecretKey, RestfulApp.Password, "FLUX_TOKEN", "FLUX_SECRET_KEY", "FLUX_RESTFUL", "DOTNET_"])
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Owners_come_back_without_the_database()
    {
        var uri = await flux.UriAsync(Token);
        var data = Directory.CreateTempSubdirectory("flux-restful-owners-");
        try
        {
            ulong ofAlice, ofBob;
            await using (var before = await RestfulApp.StartAsync(uri, data.FullName))
            {
                ofAlice = await RestfulApp.SubmitAsync(before.Alice, "true");
                ofBob = await RestfulApp.SubmitAsync(before.Bob, "true");
                await RestfulApp.WaitAsync(before.Alice, ofAlice, "INACTIVE");
            }

            foreach (var file in data.EnumerateFiles("flux-restful.db*"))
            {
                file.Delete();
            }

            await using var after = await RestfulApp.StartAsync(uri, data.FullName);
            await Eventually.TrueAsync(async () => (await IdsAsync(after.Alice)).Length > 0, Patience, Token);
            Assert.Equal([ofAlice], await IdsAsync(after.Alice));
            Assert.Equal([ofBob], await IdsAsync(after.Bob));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task It_outlives_its_broker_and_finds_the_next_one()
    {
        FluxCommand.Require();
        var directory = Directory.CreateTempSubdirectory("flux-restful-again-");
        try
        {
            var first = await FluxInstance.StartAsync(1, Token, directory.FullName);
            await using var app = await RestfulApp.StartAsync(first.Uri);
            var old = await RestfulApp.SubmitAsync(app.Alice, "true");
            await RestfulApp.WaitAsync(app.Alice, old, "INACTIVE");
            await first.DisposeAsync();

            HttpResponseMessage read = null!;
            await Eventually.TrueAsync(async () => (read = await app.Alice.GetAsync($"/v1/jobs/{old}", Token)).Headers.Age is not null, Patience, Token);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            var refused = await app.Alice.PostAsync("/v1/jobs/submit?command=true", null, Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);

            await using var second = await FluxInstance.StartAsync(1, Token, directory.FullName);
            await Eventually.TrueAsync(async () => (await app.Alice.GetAsync("/v1/jobs", Token)).Headers.Age is null, Patience, Token);
            Assert.DoesNotContain(old, await IdsAsync(app.Alice));
            var id = await RestfulApp.SubmitAsync(app.Alice, "echo again");
            await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
            Assert.Equal("again\n", await app.Alice.GetStringAsync($"/v1/jobs/{id}/output/stream", Token));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Only_a_superuser_stops_the_instance_and_it_really_ends()
    {
        FluxCommand.Require();
        await using var own = await FluxInstance.StartAsync(1, Token);
        await using var app = await RestfulApp.StartAsync(own.Uri);

        // As the old server says it.
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Alice.PostAsync("/v1/service/stop", null, Token)).StatusCode);
        await using (var broker = new BrokerSession(own.Uri))
        {
            Assert.Equal("run", (await broker.CallAsync("state-machine.get")).GetProperty("state").GetString());
        }

        await RestfulApp.PostAsync(app.Superuser, "/v1/service/stop");

        await own.WaitForEndAsync(Token).WaitAsync(Patience, TimeProvider.System, Token);
    }

    [Fact]
    public async Task A_job_that_nobody_submitted_here_is_the_superusers()
    {
        var uri = await flux.UriAsync(Token);
        await using var app = await RestfulApp.StartAsync(uri);
        await using var broker = new BrokerSession(uri);

        var id = await broker.SubmitAsync("true");
        await broker.EndAsync(id);

        await Eventually.TrueAsync(async () => (await IdsAsync(app.Superuser)).Contains(id.Value), Patience, Token);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Alice.GetAsync($"/v1/jobs/{id}", Token)).StatusCode);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<ulong[]> IdsAsync(HttpClient client) =>
        [.. (await RestfulApp.GetAsync(client, "/v1/jobs")).GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetUInt64())];
}
