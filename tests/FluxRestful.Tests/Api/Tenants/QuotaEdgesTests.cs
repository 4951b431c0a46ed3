using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;
using Embedded = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.Api.Tenants;

/// <summary>Limits together with what else submits meet: keys, many at once, the broker's refusal, a server that is new, a dry run.</summary>
public sealed class QuotaEdgesTests
{
    private const string Jobs = "/api/v1/jobs";

    private static readonly string[] Sleep = ["sleep", "600"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_of_a_submit_that_found_no_place_is_unused()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 1 });
        var first = await SubmitAsync(app.Alice, "sleep 600", "RUN");
        Assert.Equal("quota-full", Kind(await PostAsync(app.Alice, Jobs, new { command = Sleep }, "key", 409)));
        Assert.Equal("quota-full", Kind(await PostAsync(app.Alice, Jobs, new { command = Sleep, name = "another" }, "key", 409)));
        await CancelAsync(app, first);
        var made = (await PostAsync(app.Alice, Jobs, new { command = Sleep }, "key", 201)).GetProperty("id").GetString();
        Assert.Equal(made, (await PostAsync(app.Alice, Jobs, new { command = Sleep }, "key", 201)).GetProperty("id").GetString());
        Assert.Equal(1, await ActiveAsync(app.Alice));
    }

    [Fact]
    public async Task A_bulk_that_met_the_limit_is_repeated_for_the_rest_and_makes_nothing_twice()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 2 });
        var bulk = new { job = new { command = Sleep }, count = 3 };
        var first = await PostAsync(app.Alice, Jobs + "/bulk", bulk, "key", 207);
        Assert.Equal([201, 201, 409], Statuses(first));
        var again = await PostAsync(app.Alice, Jobs + "/bulk", bulk, "key", 207);
        Assert.Equal([201, 201, 409], Statuses(again));
        Assert.Equal(Ids(first), Ids(again));

        await CancelAsync(app, Ids(first)[0]!);
        var last = await PostAsync(app.Alice, Jobs + "/bulk", bulk, "key", 207);
        Assert.Equal([201, 201, 201], Statuses(last));
        Assert.Equal(Ids(first)[..2], Ids(last)[..2]);
        Assert.Equal(2, await ActiveAsync(app.Alice));

        var kept = await PostAsync(app.Alice, Jobs + "/bulk", bulk, "key", 207);
        Assert.Equal(Ids(last), Ids(kept));
        Assert.Equal(2, await ActiveAsync(app.Alice));
    }

    [Fact]
    public async Task What_the_broker_refuses_gives_its_place_back()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 1 });
        for (var time = 0; time < 3; time++)
        {
            Assert.Equal("refused", Kind(await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep, queue = "none" }, 400)));
        }

        Assert.Equal(0, await UseAsync(app.Alice));
        await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 201);
        Assert.Equal(1, await UseAsync(app.Alice));
    }

    [Fact]
    public async Task A_server_that_has_just_started_counts_the_jobs_that_are_there()
    {
        var data = Directory.CreateTempSubdirectory("flux-restful-quota-");
        await using var broker = await Embedded.StartAsync(new EmbeddedBrokerOptions(), TimeProvider.System, NullLoggerFactory.Instance, Token);
        try
        {
            await using (var app = await StartOnAsync())
            {
                await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 201);
                await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 201);
            }

            await using var again = await StartOnAsync();
            // The very first thing that it is asked.
            Assert.Equal("quota-full", Kind(await ApiApp.PostAsync(again.Alice, Jobs, new { command = Sleep }, 409)));
            Assert.Equal(2, await UseAsync(again.Alice));
        }
        finally
        {
            data.Delete(recursive: true);
        }

        async Task<ApiApp> StartOnAsync()
        {
            var app = new TestApp { KeptDataDirectory = Path.Combine(data.FullName, "data"), Settings = { ["FLUX_URI"] = broker.Uri, ["Users:0:Name"] = "alice", ["Users:0:Password"] = ApiApp.Password, ["Users:0:Limits:ActiveJobs"] = "2" } };
            return await ApiApp.StartAsync(app);
        }
    }

    [Fact]
    public async Task Whole_nodes_count_with_all_their_cores()
    {
        var cores = Environment.ProcessorCount;
        await using var app = await StartAsync(new() { Cores = cores - 1 });
        var problem = await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep, nodes = 1, exclusive = true }, 403);
        Assert.Equal($$"""{"name":"cores","value":{{cores - 1}},"use":{{cores}}}""", problem.GetProperty("limit").GetRawText());
        await LimitAsync(app, new() { Cores = cores });
        await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep, nodes = 1, exclusive = true }, 201);
    }

    [Fact]
    public async Task A_dry_run_tells_of_the_limits_and_takes_no_place()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 1, Nodes = 1, Duration = 60 });
        foreach (var (job, limit) in ((object, string)[])[(new { command = Sleep, nodes = 2 }, "nodes"), (new { command = Sleep, duration = "2m" }, "duration")])
        {
            Refused(await ApiApp.PostAsync(app.Alice, Jobs + "?dryRun=true", job), limit);
        }

        for (var time = 0; time < 2; time++)
        {
            var fits = await ApiApp.PostAsync(app.Alice, Jobs + "?dryRun=true", new { command = Sleep });
            Assert.Equal(("starts", 60), (fits.GetProperty("verdict").GetString(), fits.GetProperty("asks").GetProperty("duration").GetDouble()));
        }

        await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 201);
        Refused(await ApiApp.PostAsync(app.Alice, Jobs + "?dryRun=true", new { command = Sleep }), "activeJobs");

        static void Refused(JsonElement told, string limit)
        {
            Assert.Equal("refused", told.GetProperty("verdict").GetString());
            Assert.Equal([told.GetProperty("reason").GetString()], told.GetProperty("errors").GetProperty("limits." + limit).EnumerateArray().Select(text => text.GetString()));
        }
    }

    private static async Task<ApiApp> StartAsync(TenantLimits limits)
    {
        var app = await ApiApp.StartAsync();
        await LimitAsync(app, limits);
        return app;
    }

    private static async Task LimitAsync(ApiApp app, TenantLimits limits)
    {
        var change = new TenantChange { Limits = _ => limits };
        Assert.True((await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync("alice", change, null, null, Token)).IsDone);
    }

    private static async Task CancelAsync(ApiApp app, string id)
    {
        await ApiApp.ReadAsync(await app.Alice.DeleteAsync($"{Jobs}/{id}", Token), 202);
        await UntilAsync(app.Alice, id, "state", "INACTIVE");
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, string key, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return await ApiApp.ReadAsync(await client.SendAsync(request, Token), status);
    }

    private static async Task<int> ActiveAsync(HttpClient client) => (await ApiApp.GetAsync(client, Jobs + "?state=active")).GetProperty("matching").GetInt32();

    private static async Task<int> UseAsync(HttpClient client) =>
        (await ApiApp.GetAsync(client, "/api/v1/account")).GetProperty("use").GetProperty("activeJobs").GetInt32();

    private static string? Kind(JsonElement problem) => problem.GetProperty("type").GetString()?["urn:flux-restful:problem:".Length..];

    private static int[] Statuses(JsonElement bulk) => [.. bulk.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetInt32())];

    private static string?[] Ids(JsonElement bulk) => [.. bulk.GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("id", out var id) ? id.GetString() : null)];
}
