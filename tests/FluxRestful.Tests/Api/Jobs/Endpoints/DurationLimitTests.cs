using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using Microsoft.Extensions.DependencyInjection;
using static FluxRestful.Tests.Api.Jobs.Endpoints.SubmittedJobs;

namespace FluxRestful.Tests.Api.Jobs.Endpoints;

/// <summary>The longest that a job of an account may run holds for the job's whole life.</summary>
public sealed class DurationLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("61", 61)]
    [InlineData("2h", 7200)]
    [InlineData("+31", 61)]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    public async Task No_update_takes_a_job_past_the_limit_of_its_account(string duration, double use)
    {
        await using var app = await StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&runtime=30");

        // The account's limit, not that of whoever asks.
        foreach (var client in (HttpClient[])[app.Alice, app.Operator, app.Superuser])
        {
            var problem = await ApiApp.PostAsync(client, $"/api/v1/jobs/{id}/update", new { duration }, 403);
            Assert.Equal(ProblemType.OverLimit.Uri, problem.GetProperty("type").GetString());
            Assert.Equal($$"""{"name":"duration","value":60,"use":{{use}}}""", problem.GetProperty("limit").GetRawText());
        }

        Assert.Equal(30, await DurationAsync(app.Alice, id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_does_an_update_of_many(bool dryRun)
    {
        await using var app = await StartAsync();
        var longer = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&runtime=55");
        var shorter = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&runtime=30");

        var outcome = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs/update", new { ids = new[] { longer, shorter }, duration = "+30", dryRun }, 207);

        Assert.Equal([(longer, 403), (shorter, 200)], outcome.GetProperty("items").EnumerateArray().Select(Answer));
        Assert.Equal(ProblemType.OverLimit.Uri, outcome.GetProperty("items")[0].GetProperty("type").GetString());
        Assert.Equal(55, await DurationAsync(app.Alice, longer));
        await UntilAsync(app.Alice, shorter, "duration", dryRun ? "30" : "60");

        static (string?, int) Answer(JsonElement item) => (item.GetProperty("id").GetString(), item.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Up_to_the_limit_it_may_and_a_job_longer_than_a_lowered_limit_may_be_shortened()
    {
        await using var app = await StartAsync();
        var id = await SubmitAsync(app.Alice, "sleep 600", "RUN", "&runtime=30");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { duration = "60" });
        await UntilAsync(app.Alice, id, "duration", "60");
        await LimitAsync(app, 10);
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { duration = "-15" });
        await UntilAsync(app.Alice, id, "duration", "45");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { duration = "46" }, 403);
    }

    [Fact]
    public async Task Who_has_no_limit_and_the_jobs_of_others_are_not_touched()
    {
        await using var app = await StartAsync();
        var id = await SubmitAsync(app.Bob, "sleep 600", "RUN", "&runtime=30");
        await ApiApp.PostAsync(app.Bob, $"/api/v1/jobs/{id}/update", new { duration = "0" });
        await UntilAsync(app.Bob, id, "duration", "0");
        await ApiApp.PostAsync(app.Alice, $"/api/v1/jobs/{id}/update", new { duration = "0" }, 404);
    }

    private static async Task<ApiApp> StartAsync()
    {
        var app = await ApiApp.StartAsync();
        await LimitAsync(app, 60);
        return app;
    }

    private static async Task LimitAsync(ApiApp app, int seconds)
    {
        var change = new TenantChange { Limits = _ => new TenantLimits { Duration = seconds } };
        Assert.True((await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync("alice", change, null, null, Token)).IsDone);
    }

    private static async Task<double> DurationAsync(HttpClient client, string id) =>
        (await ApiApp.GetAsync(client, $"/api/v1/jobs/{id}")).GetProperty("duration").GetDouble();
}
