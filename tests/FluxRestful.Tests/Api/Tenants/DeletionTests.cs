using System.Text.Json;
using FluxRestful.Api.Admin;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Tenants;

public sealed class DeletionTests
{
    private const string Alice = "/api/v1/users/alice";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_with_jobs_is_not_deleted_unless_it_is_said_what_becomes_of_them()
    {
        await using var app = await ApiApp.StartAsync();
        using var alice = app.App.ClientFor("alice");
        await RestfulApp.SubmitAsync(alice, "sleep 60");
        var problem = await DeleteAsync(app, "", 409);
        Assert.Equal("urn:flux-restful:problem:user-has-jobs", problem.GetProperty("type").GetString());
        await DeleteAsync(app, "?jobs=perhaps", 400);
        // It was refused: the account goes on.
        await RestfulApp.SubmitAsync(alice, "sleep 60");
        Assert.Equal("2", (await ApiApp.GetAsync(app.Superuser, Alice)).GetProperty("use").GetProperty("activeJobs").GetRawText());
    }

    [Fact]
    public async Task Left_jobs_run_on_and_are_seen_by_superusers_alone()
    {
        await using var app = await ApiApp.StartAsync();
        using var alice = app.App.ClientFor("alice");
        using var superuser = app.App.ClientFor(TestApp.Superuser);
        await ApiApp.GetAsync(app.Alice, "/api/v1/account");
        var id = await RestfulApp.SubmitAsync(alice, "sleep 60");
        Assert.Equal("""{"name":"alice","activeJobs":1,"jobs":"leave"}""", (await DeleteAsync(app, "?jobs=leave", 200)).GetRawText());
        await ApiApp.GetAsync(app.Superuser, Alice, 404);
        await ApiApp.GetAsync(app.Alice, "/api/v1/account", 401);
        Assert.Equal("RUN", (await RestfulApp.WaitAsync(superuser, id, "RUN")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Jobs_are_cancelled_with_their_account()
    {
        await using var app = await ApiApp.StartAsync();
        using var alice = app.App.ClientFor("alice");
        using var superuser = app.App.ClientFor(TestApp.Superuser);
        var ids = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RestfulApp.SubmitAsync(alice, "sleep 60")));
        Assert.Equal(3, (await DeleteAsync(app, "?jobs=cancel", 200)).GetProperty("activeJobs").GetInt32());
        foreach (var id in ids)
        {
            Assert.Equal("CANCELED", (await RestfulApp.WaitAsync(superuser, id, "INACTIVE")).GetProperty("result").GetString());
        }

        await Eventually.TrueAsync(async () => !await IsWishedAsync(app), Token);
    }

    [Fact]
    public async Task A_verbs_wish_to_cancel_is_heard_by_the_server_that_starts_next()
    {
        await using var app = await ApiApp.StartAsync();
        using var alice = app.App.ClientFor("alice");
        using var superuser = app.App.ClientFor(TestApp.Superuser);
        var id = await RestfulApp.SubmitAsync(alice, "sleep 60");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FLUX_RESTFUL_DATA", app.App.DataDirectory)]).Build();
        Assert.Equal(0, await new AdminVerbs(configuration, TextReader.Null, TextWriter.Null, TextWriter.Null).RunAsync(
            CommandLine.Parse(["delete-user", "alice", "--jobs=cancel"]), Token));
        Assert.Equal("CANCELED", (await RestfulApp.WaitAsync(superuser, id, "INACTIVE")).GetProperty("result").GetString());
    }

    [Fact]
    public async Task Old_jobs_are_not_those_of_a_later_account_of_the_same_name()
    {
        await using var app = await ApiApp.StartAsync();
        using var before = app.App.ClientFor("alice");
        await ApiApp.GetAsync(app.Alice, "/api/v1/account");
        var id = await RestfulApp.SubmitAsync(before, "echo secret");
        await RestfulApp.WaitAsync(before, id, "INACTIVE");
        await DeleteAsync(app, "", 200);
        await app.App.AddTenantAsync("alice", ApiApp.Password);
        using var later = app.App.ClientFor("alice");
        await RestfulApp.GetAsync(later, $"/v1/jobs/{id}", 404);
        Assert.Equal(0, (await RestfulApp.GetAsync(later, "/v1/jobs")).GetProperty("jobs").GetArrayLength());
        Assert.Equal(401, (int)(await app.Alice.GetAsync("/api/v1/account", Token)).StatusCode);
        await RestfulApp.GetAsync(app.App.ClientFor(TestApp.Superuser), $"/v1/jobs/{id}");
    }

    [Fact]
    public async Task Jobs_that_no_row_knows_do_not_pass_to_a_successor_either()
    {
        await using var app = await ApiApp.StartAsync();
        using var before = app.App.ClientFor("alice");
        var id = await RestfulApp.SubmitAsync(before, "true");
        await RestfulApp.WaitAsync(before, id, "INACTIVE");
        await DeleteAsync(app, "", 200);
        await app.App.AddTenantAsync("alice", ApiApp.Password);
        await using var db = app.App.OpenDatabase();
        Assert.True((await db.Tenants.SingleAsync(row => row.Name == "alice", Token)).IsSuccessor);
        Assert.False((await db.Tenants.SingleAsync(row => row.Name == "bob", Token)).IsSuccessor);
    }

    [Fact]
    public async Task An_old_entity_tag_is_not_one_of_the_later_account()
    {
        await using var app = await ApiApp.StartAsync();
        var seen = (await app.Superuser.GetAsync(Alice, Token)).Headers.ETag!;
        await DeleteAsync(app, "", 200);
        await app.App.AddTenantAsync("alice", ApiApp.Password);
        using var request = new HttpRequestMessage(HttpMethod.Delete, Alice);
        request.Headers.IfMatch.Add(seen);
        await ApiApp.ReadAsync(await app.Superuser.SendAsync(request, Token), 412);
    }

    private static async Task<bool> IsWishedAsync(ApiApp app)
    {
        await using var db = app.App.OpenDatabase();
        return await db.Tenants.IgnoreQueryFilters().AnyAsync(row => row.CancelsJobs, Token);
    }

    private static async Task<JsonElement> DeleteAsync(ApiApp app, string query, int status) =>
        await ApiApp.ReadAsync(await app.Superuser.DeleteAsync(Alice + query, Token), status);
}
