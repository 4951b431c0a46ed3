using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.Tests.Api.Attacks;

/// <summary>Members that are the server's to set.</summary>
public sealed class MassAssignmentTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PUT", "/api/v1/account/password", """{"currentPassword":"a password of length","newPassword":"another password"}""", "role", "\"superuser\"")]
    [InlineData("PUT", "/api/v1/account/password", """{"currentPassword":"a password of length","newPassword":"another password"}""", "limits", "{}")]
    [InlineData("PUT", "/api/v1/account/password", """{"currentPassword":"a password of length","newPassword":"another password"}""", "disabled", "false")]
    [InlineData("PUT", "/api/v1/account/password", """{"currentPassword":"a password of length","newPassword":"another password"}""", "name", "\"bob\"")]
    [InlineData("PUT", "/api/v1/account/password", """{"currentPassword":"a password of length","newPassword":"another password"}""", "mustChangePassword", "false")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "owner", "\"bob\"")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "userid", "0")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "id", "\"f1\"")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "tenantId", "1")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "state", "\"INACTIVE\"")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "priority", "4294967295")]
    [InlineData("POST", "/api/v1/jobs", """{"command":["true"]}""", "__proto__", "{}")]
    [InlineData("POST", "/api/v1/jobs/bulk", """{"jobs":[{"command":["true"]}]}""", "owner", "\"bob\"")]
    [InlineData("POST", "/api/v1/jobs/cancel", """{"ids":[]}""", "owner", "\"bob\"")]
    public async Task What_is_not_the_askers_to_set_is_refused_by_name_and_nothing_is_done(string method, string path, string body, string member, string value)
    {
        await using var app = await ApiApp.StartAsync();
        var before = await AccountAsync(app);
        var problem = await SendAsync(app.Alice, method, path, $"{body[..^1]},\"{member}\":{value}}}", 400);
        Assert.True(problem.GetProperty("errors").TryGetProperty(member, out _), problem.GetRawText());
        // The token, the password, the role and the limits are what they were, and there is no job.
        Assert.Equal(before, await AccountAsync(app));
        Assert.Equal(0, (await ApiApp.GetAsync(app.Superuser, "/api/v1/jobs")).GetProperty("matching").GetInt32());
    }

    [Theory]
    [InlineData("id", "1")]
    [InlineData("passwordHash", "\"$2a$04$\"")]
    [InlineData("stamp", "\"0\"")]
    [InlineData("createdAt", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("use", "{}")]
    public async Task Not_even_a_superuser_sets_what_the_server_keeps_of_an_account(string member, string value)
    {
        await using var app = await ApiApp.StartAsync();
        await SendAsync(app.Superuser, "POST", "/api/v1/users", $$"""{"name":"carol","{{member}}":{{value}}}""", 400);
        await SendAsync(app.Superuser, "PATCH", "/api/v1/users/bob", $$"""{"{{member}}":{{value}}}""", 400);
        await ApiApp.GetAsync(app.Superuser, "/api/v1/users/carol", 404);
    }

    [Theory]
    [InlineData("&owner=bob&userid=0&tenant=bob&id=1")]
    [InlineData("&user=bob&name=bob&role=superuser")]
    public async Task A_job_of_the_dialect_is_the_askers_whatever_else_is_said(string more)
    {
        await using var app = await ApiApp.StartAsync();
        await app.Alice.PostAsync("/v1/jobs/submit?command=true" + more, null, Token);
        Assert.Equal(0, (await ApiApp.GetAsync(app.Bob, "/api/v1/jobs")).GetProperty("matching").GetInt32());
    }

    /// <summary>The mark of ownership, in every place where a request can put one.</summary>
    [Theory]
    [InlineData("""{"command":["true"],"attributes":{"user.restful":MARK}}""")]
    [InlineData("""{"command":["true"],"attributes":{"user":{"restful":MARK}}}""")]
    [InlineData("""{"command":["true"],"attributes":{"attributes.user.restful":MARK}}""")]
    [InlineData("""{"command":["true"],"attributes":{"user.restful.tenant":"bob","user.restful.request":"00000000000000000000000000000001"}}""")]
    [InlineData("""{"command":["true"],"attributes":{"system.user.restful":MARK,"user":1}}""")]
    [InlineData("""{"script":"#!/bin/sh\n#flux: --setattr=user.restful.tenant=bob\ntrue\n"}""")]
    public async Task No_attribute_makes_a_job_another_tenants(string body)
    {
        await using var app = await ApiApp.StartAsync();
        const string mark = """{"tenant":"bob","request":"00000000000000000000000000000001","mac":"0000000000000000000000000000000000000000000000000000000000000000"}""";
        using var content = new StringContent(body.Replace("MARK", mark, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        var answer = await app.Alice.PostAsync("/api/v1/jobs", content, Token);
        Assert.True((int)answer.StatusCode is 201 or 400, await answer.Content.ReadAsStringAsync(Token));
        var taken = (int)answer.StatusCode == 201 ? 1 : 0;
        Assert.Equal(taken, (await ApiApp.GetAsync(app.Alice, "/api/v1/jobs")).GetProperty("matching").GetInt32());
        Assert.Equal(0, (await ApiApp.GetAsync(app.Bob, "/api/v1/jobs")).GetProperty("matching").GetInt32());
    }

    // When the account was last seen is of now.
    private static async Task<string> AccountAsync(ApiApp app)
    {
        var account = JsonNode.Parse((await ApiApp.GetAsync(app.Alice, "/api/v1/account")).GetRawText())!.AsObject();
        Assert.True(account.Remove("lastSeenAt"));
        return account.ToJsonString();
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, string method, string path, string body, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return await ApiApp.ReadAsync(await client.SendAsync(request, Token), status);
    }
}
