using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Core.Signing;
using FluxRestful.EmbeddedBroker;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Embedded = FluxRestful.EmbeddedBroker.EmbeddedBroker;

namespace FluxRestful.Tests.Api.Jobs.Ownership;

/// <summary>Whose a job is, seen from outside: over HTTP, with a broker that goes on while servers come and go and databases are lost.</summary>
public sealed class OwnershipTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("flux-restful-owners-");
    private Embedded _broker = null!;
    private BrokerClient _client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _broker = await Embedded.StartAsync(new EmbeddedBrokerOptions(), TimeProvider.System, NullLoggerFactory.Instance, Token);
        _client = new BrokerClient(new BrokerClientOptions { Uri = _broker.Uri }, TimeProvider.System, NullLogger<BrokerClient>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await _broker.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Another_tenants_job_is_unknown_on_every_route()
    {
        await using var app = await StartServerAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 600");

        foreach (var path in (string[])["", "/output", "/output/stream"])
        {
            var refused = await RestfulApp.GetAsync(app.Bob, $"/v1/jobs/{id}{path}", 404);
            Assert.Equal((await RestfulApp.GetAsync(app.Bob, $"/v1/jobs/12345{path}", 404)).GetRawText(), refused.GetRawText());
        }

        await RestfulApp.PostAsync(app.Bob, $"/v1/jobs/{id}/cancel", status: 404);
        Assert.Equal("RUN", (await RestfulApp.WaitAsync(app.Alice, id, "RUN")).GetProperty("state").GetString());
        await AssertSeesAsync(app.Bob);
        Assert.Equal(0, (await RestfulApp.GetAsync(app.Bob, "/v1/jobs/search?search=sleep")).GetProperty("recordsTotal").GetInt32());
    }

    [Fact]
    public async Task A_superuser_sees_and_cancels_every_job()
    {
        await using var app = await StartServerAsync();
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 600");

        await AssertSeesAsync(app.Superuser, id);
        await RestfulApp.PostAsync(app.Superuser, $"/v1/jobs/{id}/cancel");
    }

    [Fact]
    public async Task Where_it_cannot_be_recorded_whose_a_job_is_there_is_none()
    {
        await using var app = await StartServerAsync();
        await using var db = app.App.OpenDatabase();
        await db.Database.ExecuteSqlRawAsync("CREATE TRIGGER full BEFORE INSERT ON SubmittedJobs BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END", Token);

        var answer = await app.Alice.PostAsync("/v1/jobs/submit?command=true", null, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        await AssertSeesAsync(app.Superuser);
    }

    [Fact]
    public async Task A_job_from_elsewhere_is_the_superusers()
    {
        await using var app = await StartServerAsync();

        var id = await SubmitDirectlyAsync(JobspecBuilder.Build(new JobRequest { Command = ["true"] }));

        await Eventually.TrueAsync(() => SeesAsync(app.Superuser, id), Token);
        await AssertSeesAsync(app.Alice);
    }

    [Fact]
    public async Task Jobs_are_still_their_owners_after_a_restart()
    {
        ulong id;
        await using (var app = await StartServerAsync())
        {
            id = await RestfulApp.SubmitAsync(app.Alice, "true");
        }

        await using var again = await StartServerAsync();
        await AssertSeesAsync(again.Alice, id);
        await AssertSeesAsync(again.Bob);
    }

    [Fact]
    public async Task After_a_lost_database_the_marks_say_whose_jobs_are_whose()
    {
        ulong mine, other;
        await using (var app = await StartServerAsync())
        {
            mine = await RestfulApp.SubmitAsync(app.Alice, "true");
            other = await RestfulApp.SubmitAsync(app.Bob, "true");
        }

        LoseDatabase();
        await using (var again = await StartServerAsync())
        {
            await AssertSeesAsync(again.Alice, mine);
            await AssertSeesAsync(again.Bob, other);
        }

        // What was recovered is recorded: from now on a copy that comes earlier could not take its place.
        await using var db = new SqliteRows(_data);
        Assert.Equal([(long)mine, (long)other], db.JobIds().Order());
    }

    [Fact]
    public async Task An_account_that_is_made_later_gets_its_jobs_back()
    {
        ulong id;
        await using (var app = await StartServerAsync())
        {
            await app.App.AddTenantAsync("carol", RestfulApp.Password);
            id = await RestfulApp.SubmitAsync(app.App.ClientFor("carol"), "true");
        }

        LoseDatabase();
        await using var again = await StartServerAsync();
        await AssertSeesAsync(again.Alice);
        await again.App.AddTenantAsync("carol", RestfulApp.Password);

        await AssertSeesAsync(again.App.ClientFor("carol"), id);
    }

    [Fact]
    public async Task Jobs_that_wait_for_an_account_do_not_go_to_a_successor_of_its_name()
    {
        ulong id;
        await using (var app = await StartServerAsync())
        {
            await app.App.AddTenantAsync("carol", RestfulApp.Password);
            id = await RestfulApp.SubmitAsync(app.App.ClientFor("carol"), "true");
        }

        LoseDatabase();
        await using var again = await StartServerAsync();
        await again.App.AddTenantAsync("carol", RestfulApp.Password);
        Assert.Equal(HttpStatusCode.OK, (await again.Superuser.DeleteAsync("/api/v1/users/carol?jobs=leave", Token)).StatusCode);
        await again.App.AddTenantAsync("carol", RestfulApp.Password);

        await AssertSeesAsync(again.App.ClientFor("carol"));
        await AssertSeesAsync(again.Superuser, id);
    }

    [Fact]
    public async Task A_server_that_died_between_the_row_and_the_answer_finds_its_job()
    {
        ulong id;
        await using (var app = await StartServerAsync())
        {
            id = await RestfulApp.SubmitAsync(app.Alice, "true");
        }

        await using (var db = new SqliteRows(_data))
        {
            db.ForgetJobIds();
        }

        await using var again = await StartServerAsync();
        await AssertSeesAsync(again.Alice, id);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_copied_mark_gives_nobody_the_copy(bool losesDatabase, bool losesIds)
    {
        ulong id, copy;
        await using (var app = await StartServerAsync())
        {
            id = await RestfulApp.SubmitAsync(app.Alice, "true");
            copy = await SubmitDirectlyAsync(await JobspecOfAsync(id));
            await Eventually.TrueAsync(() => SeesAsync(app.Superuser, copy), Token);
            await AssertSeesAsync(app.Alice, id);
        }

        if (losesDatabase)
        {
            LoseDatabase();
        }
        else if (losesIds)
        {
            await using var db = new SqliteRows(_data);
            db.ForgetJobIds();
        }

        await using var again = await StartServerAsync();
        await AssertSeesAsync(again.Alice, id);
        Assert.True(await SeesAsync(again.Superuser, copy));
    }

    [Fact]
    public async Task A_mark_in_another_command_gives_nobody_the_job()
    {
        await using var app = await StartServerAsync();
        var jobspec = await JobspecOfAsync(await RestfulApp.SubmitAsync(app.Alice, "true"));
        var mark = jobspec["attributes"]!["user"]!["restful"]!.AsObject();
        jobspec["tasks"]![0]!["command"] = new JsonArray("false");
        mark["request"] = Guid.NewGuid().ToString("N");

        var id = await SubmitDirectlyAsync(jobspec);

        await Eventually.TrueAsync(() => SeesAsync(app.Superuser, id), Token);
        await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}", 404);
    }

    [Fact]
    public async Task Hundreds_of_submits_at_once_are_each_their_tenants()
    {
        await using var app = await StartServerAsync();

        var mine = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RestfulApp.SubmitAsync(app.Alice, "true")));
        var others = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RestfulApp.SubmitAsync(app.Bob, "true")));

        await AssertSeesAsync(app.Alice, mine);
        await AssertSeesAsync(app.Bob, others);
    }

    private Task<RestfulApp> StartServerAsync() => RestfulApp.StartAsync(_broker.Uri, _data.FullName);

    private void LoseDatabase()
    {
        foreach (var file in _data.EnumerateFiles("flux-restful.db*"))
        {
            file.Delete();
        }
    }

    private async Task<JsonObject> JobspecOfAsync(ulong id)
    {
        var found = await new JobInfo(_client).LookupAsync(new JobId(id), ["jobspec"], JobLookupFlags.None, Token);
        return JsonNode.Parse(found["jobspec"].GetString()!)!.AsObject();
    }

    private async Task<ulong> SubmitDirectlyAsync(JsonObject jobspec)
    {
        var signed = UnsignedJobspec.Sign(FluxRestful.Api.Jobs.UnixAccount.Current().Uid, Encoding.UTF8.GetBytes(jobspec.ToJsonString()));
        return (await new JobIngest(_client).SubmitAsync(signed, 16, JobSubmitFlags.None, Token)).Value;
    }

    private static async Task<bool> SeesAsync(HttpClient client, ulong id) => (await IdsAsync(client)).Contains(id);

    private static async Task AssertSeesAsync(HttpClient client, params ulong[] ids) => Assert.Equal(ids.Order(), (await IdsAsync(client)).Order());

    private static async Task<List<ulong>> IdsAsync(HttpClient client) =>
        [.. (await RestfulApp.GetAsync(client, "/v1/jobs")).GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetUInt64())];
}
