using System.Text.RegularExpressions;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace FluxRestful.Tests.Api.Pages.Overview;

public sealed class OverviewTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_how_long_the_oldest_job_waits_whoever_owns_it_and_that_ones_limit_is_near()
    {
        await using var app = await ApiApp.StartAsync();
        await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync(
            "alice", new TenantChange { Limits = _ => new TenantLimits { ActiveJobs = 2, SubmitsPerMinute = 2 } }, null, null, Token);
        string[] sleep = ["sleep", "600"];
        var cores = (await ApiApp.GetAsync(app.Alice, "/api/v1/resources")).GetProperty("total").GetProperty("cores").GetInt32();
        var id = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = sleep, tasks = cores }, 201)).GetProperty("id").GetString();
        await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{id}")).GetProperty("state").GetString() == "RUN", Token);
        // What Flux says of its queues is asked once a second.
        await Eventually.TrueAsync(async () => (await app.Alice.GetStringAsync("/", Token)).Contains("1 runs and 0 wait.", StringComparison.Ordinal), Token);
        Assert.DoesNotContain("Your limit is near", await app.Alice.GetStringAsync("/", Token), StringComparison.Ordinal);

        var next = (await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", new { command = sleep }, 201)).GetProperty("id").GetString();
        await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(app.Alice, $"/api/v1/jobs/{next}")).GetProperty("state").GetString() == "SCHED", Token);
        Assert.Contains("Your limit is near: active jobs, 2 of 2.", await app.Alice.GetStringAsync("/", Token), StringComparison.Ordinal);
        var others = "";
        await Eventually.TrueAsync(
            async () => Regex.IsMatch(others = await app.Bob.GetStringAsync("/", Token), @"1 runs and 1 waits, the oldest for [\d.]+ (ms|s)\."), Token);
        Assert.DoesNotContain("Your limit is near", others, StringComparison.Ordinal);
        Assert.DoesNotContain(next!, others, StringComparison.Ordinal);
    }
}
