using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Settings;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Limits;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Tenants;

public sealed class DefaultLimitsTests
{
    private const string Jobs = "/api/v1/jobs";

    private static readonly string[] Sleep = ["sleep", "600"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_servers_limits_hold_for_whoever_has_none_of_his_own_and_his_own_go_before_them()
    {
        await using var app = await ApiApp.StartAsync(("Limits:Default:ActiveJobs", "1"), ("Limits:Default:Duration", "60"), ("Limits:Default:Cores", "1"));
        var accounts = app.App.Services.GetRequiredService<TenantAccounts>();
        await accounts.ChangeAsync("bob", new TenantChange { Limits = _ => new() { ActiveJobs = 2, Duration = 30 } }, null, null, Token);

        var id = (await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 201)).GetProperty("id").GetString();
        Assert.Equal(60, (await ApiApp.GetAsync(app.Alice, $"{Jobs}/{id}")).GetProperty("duration").GetDouble());
        Assert.Equal("""{"name":"activeJobs","value":1,"use":1}""", Limit(await ApiApp.PostAsync(app.Alice, Jobs, new { command = Sleep }, 409)));
        Assert.Equal("""{"name":"duration","value":60,"use":61}""", Limit(await ApiApp.PostAsync(app.Alice, $"{Jobs}/{id}/update", new { duration = "61" }, 403)));
        Assert.Equal("""{"name":"cores","value":1,"use":2}""", Limit(await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep, tasks = 2 }, 403)));

        // More of one and less of the other; nobody is beyond them.
        await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep }, 201);
        await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep }, 201);
        Assert.Equal("""{"name":"duration","value":30,"use":31}""", Limit(await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep, duration = "31" }, 403)));
        await ApiApp.PostAsync(app.Superuser, Jobs, new { command = Sleep }, 201);
        await ApiApp.PostAsync(app.Superuser, Jobs, new { command = Sleep }, 409);

        var bob = await ApiApp.GetAsync(app.Superuser, "/api/v1/users/bob");
        Assert.Equal("""{"activeJobs":2,"duration":30}""", bob.GetProperty("limits").GetRawText());
        Assert.Equal("""{"activeJobs":2,"cores":1,"duration":30}""", bob.GetProperty("effectiveLimits").GetRawText());
    }

    [Fact]
    public async Task A_default_can_be_lifted_for_one_account_and_put_back()
    {
        await using var app = await ApiApp.StartAsync(
            ("Limits:Default:ActiveJobs", "1"), ("Limits:Default:Duration", "60"), ("Users:0:Name", "carol"), ("Users:0:Limits:Cores", "unlimited"));
        const string bob = "/api/v1/users/bob";
        Assert.Equal("""{"nodes":3,"unlimited":["activeJobs","duration"]}""", (await ChangeAsync(app, new { limits = new { nodes = 3, unlimited = (string[])["duration", "activeJobs"] } })).GetProperty("limits").GetRawText());
        Assert.Equal("""{"nodes":3}""", (await ApiApp.GetAsync(app.Superuser, bob)).GetProperty("effectiveLimits").GetRawText());
        await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep, duration = "3600" }, 201);
        await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep }, 201);
        Assert.Equal("""{"unlimited":["cores"]}""", (await ApiApp.GetAsync(app.Superuser, "/api/v1/users/carol")).GetProperty("limits").GetRawText());
        Assert.Equal("""{"nodes":3}""", Assert.Single((await ApiApp.GetAsync(app.Bob, "/api/v1/usage")).GetProperty("tenants").EnumerateArray()).GetProperty("limits").GetRawText());

        Assert.Contains("limits.nodes", await RefusedAsync(new { nodes = 3, unlimited = (string[])["nodes"] }), StringComparison.Ordinal);
        Assert.Contains("limits.unlimited", await RefusedAsync(new { unlimited = (string[])["jobs"] }), StringComparison.Ordinal);
        Assert.Contains("limits.activeJobs", await RefusedAsync(new { activeJobs = -1 }), StringComparison.Ordinal);

        await ChangeAsync(app, new { limits = new { } });
        Assert.Equal("""{"activeJobs":1,"duration":60}""", (await ApiApp.GetAsync(app.Superuser, bob)).GetProperty("effectiveLimits").GetRawText());
        await ApiApp.PostAsync(app.Bob, Jobs, new { command = Sleep }, 409);

        async Task<string> RefusedAsync(object limits) => (await ChangeAsync(app, new { limits }, 400)).GetProperty("errors").GetRawText();
    }

    [Theory]
    [InlineData("Nodes", "0")]
    [InlineData("Cores", "many")]
    [InlineData("SubmitsPerMinute", "-1")]
    public void A_limit_that_is_none_stops_the_start(string name, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Limits:Default:{name}", value)]).Build();
        Assert.StartsWith($"Limits:Default:{name}: ", Assert.Throws<SettingsException>(() => DefaultLimits.Read(configuration)).Message, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ChangeAsync(ApiApp app, object change, int status = 200)
    {
        using var response = await app.Superuser.PatchAsJsonAsync("/api/v1/users/bob", change, Token);
        return await ApiApp.ReadAsync(response, status);
    }

    private static string Limit(JsonElement problem) => problem.GetProperty("limit").GetRawText();
}
