using System.Net.Http.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Admin;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.Configuration;

namespace FluxRestful.Tests.Api.Tenants;

public sealed class LastSuperuserTests
{
    private const string Users = "/api/v1/users/";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_disables_demotes_or_deletes_himself()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
        foreach (var change in (object[])[new { disabled = true }, new { role = "operator" }])
        {
            var problem = await ApiApp.ReadAsync(await app.Superuser.PatchAsJsonAsync(Users + TestApp.Superuser, change, Token), 409);
            Assert.Equal("urn:flux-restful:problem:own-account", problem.GetProperty("type").GetString());
        }

        await ApiApp.ReadAsync(await app.Superuser.DeleteAsync(Users + TestApp.Superuser, Token), 409);
        await ApiApp.GetAsync(app.Superuser, Users + TestApp.Superuser);
        // The refused deletion has not closed the account to jobs.
        Assert.Equal("0", (await ApiApp.GetAsync(app.Superuser, "/api/v1/account")).GetProperty("use").GetProperty("activeJobs").GetRawText());
    }

    [Theory]
    [InlineData("PATCH", """{"disabled":true}""")]
    [InlineData("PATCH", """{"role":"user"}""")]
    [InlineData("DELETE", null)]
    public async Task Two_superusers_who_remove_each_other_at_once_leave_one(string method, string? body)
    {
        for (var round = 0; round < 5; round++)
        {
            await using var app = await ApiApp.StartAsync();
            await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
            var second = app.ClientFor("second");
            var answers = await Task.WhenAll(SendAsync(app.Superuser, "second"), SendAsync(second, TestApp.Superuser));
            // Whoever was faster is left; the other one was refused, or not let in any more.
            Assert.Single(answers, status => status == 200);
            await using var db = app.App.OpenDatabase();
            Assert.Single(db.Tenants, row => row.Role == Role.Superuser && !row.IsDisabled);
        }

        async Task<int> SendAsync(HttpClient client, string whom)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Users + whom);
            request.Content = body is null ? null : new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            return (int)(await client.SendAsync(request, Token)).StatusCode;
        }
    }

    [Fact]
    public async Task A_request_and_a_verb_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            await using var app = await ApiApp.StartAsync();
            await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
            var superuser = app.Superuser;
            var request = superuser.PatchAsJsonAsync(Users + "second", new { disabled = true }, Token);
            var verb = Task.Run(() => RunAsync(app.App.DataDirectory, "disable-user", TestApp.Superuser), Token);
            await Task.WhenAll(request, verb);
            Assert.NotEqual((await request).IsSuccessStatusCode, await verb == AdminVerbs.Done);
            await using var db = app.App.OpenDatabase();
            Assert.Single(db.Tenants, row => row.Role == Role.Superuser && !row.IsDisabled);
        }
    }

    [Fact]
    public async Task A_disabled_superuser_does_not_count()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.AddTenantAsync("second", ApiApp.Password, Role.Superuser);
        var second = app.ClientFor("second");
        await ApiApp.ReadAsync(await app.Superuser.PatchAsJsonAsync(Users + "second", new { disabled = true }, Token), 200);
        await ApiApp.GetAsync(second, "/api/v1/account", 403);
        Assert.Equal(AdminVerbs.Failed, await RunAsync(app.App.DataDirectory, "disable-user", TestApp.Superuser));
    }

    private static async Task<int> RunAsync(string data, params string[] words)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("FLUX_RESTFUL_DATA", data)]).Build();
        return await new AdminVerbs(configuration, TextReader.Null, TextWriter.Null, TextWriter.Null).RunAsync(CommandLine.Parse(words), Token);
    }
}
