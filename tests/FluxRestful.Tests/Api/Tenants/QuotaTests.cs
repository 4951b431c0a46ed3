using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Tests.Api.Restful;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Tenants;

public sealed class QuotaTests
{
    private static readonly string[] Sleep = ["sleep", "60"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_thousand_submits_at_once_exactly_as_many_come_in_as_there_are_places()
    {
        const int Places = 25;
        await using var app = await StartAsync(new() { ActiveJobs = Places });
        var statuses = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => SubmitAsync(app.Alice, "sleep 60")));
        Assert.Equal(Places, statuses.Count(answer => answer.Status == 200));
        Assert.All(statuses.Where(answer => answer.Status != 200), answer => Assert.Equal(400, answer.Status));
        Assert.Equal(Places, (await RestfulApp.GetAsync(app.Alice, "/v1/jobs")).GetProperty("jobs").GetArrayLength());
        Assert.Equal(Places, (await UseOfAsync(app)).ActiveJobs);
    }

    [Fact]
    public async Task As_many_at_once_as_there_are_places_all_come_in()
    {
        const int Places = 200;
        await using var app = await StartAsync(new() { ActiveJobs = Places });
        var statuses = await Task.WhenAll(Enumerable.Range(0, Places).Select(_ => SubmitAsync(app.Alice, "sleep 60")));
        Assert.All(statuses, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(400, (await SubmitAsync(app.Alice, "sleep 60")).Status);
    }

    [Fact]
    public async Task A_job_that_ends_makes_a_place_and_another_tenant_has_his_own()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 1 });
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 60");
        var (status, text) = await SubmitAsync(app.Alice, "true");
        Assert.Equal(400, status);
        Assert.Contains("Jobs of this account that have not ended: 1. It may have 1.", text, StringComparison.Ordinal);
        await RestfulApp.SubmitAsync(app.Bob, "true");
        await RestfulApp.PostAsync(app.Alice, $"/v1/jobs/{id}/cancel");
        await RestfulApp.WaitAsync(app.Alice, id, "INACTIVE");
        await RestfulApp.SubmitAsync(app.Alice, "true");
    }

    [Fact]
    public async Task A_place_is_free_again_at_once_or_if_the_job_may_still_come_after_a_while()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1767225600));
        await using var app = new TestApp { Time = time };
        var alice = await app.AddTenantAsync("alice", "a password of length");
        await app.Services.GetRequiredService<TenantAccounts>().ChangeAsync("alice", new TenantChange { Limits = _ => new() { ActiveJobs = 1 } }, null, null, Token);
        var quotas = app.Services.GetRequiredService<TenantQuotas>();
        using (await TakeAsync())
        {
            // One refused by another limit, or by the broker.
            await Assert.ThrowsAsync<QuotaExceededException>(TakeAsync);
        }

        using (var refused = await TakeAsync())
        {
            refused.MarkSent();
            refused.Settle();
        }

        using (var unanswered = await TakeAsync())
        {
            unanswered.MarkSent();
        }

        await Assert.ThrowsAsync<QuotaExceededException>(TakeAsync);
        time.Advance(TenantQuotas.LongestDoubt);
        using var late = await TakeAsync();

        Task<QuotaPlace> TakeAsync() => quotas.TakeAsync(alice.Id, Guid.NewGuid(), [], Token);
    }

    [Fact]
    public async Task Waiting_jobs_are_counted_apart_from_running_ones()
    {
        await using var app = await StartAsync(new() { QueuedJobs = 1 });
        var cores = Environment.ProcessorCount;
        var running = await RestfulApp.SubmitAsync(app.Alice, "sleep 60", $"&cores_per_task={cores}");
        await RestfulApp.WaitAsync(app.Alice, running, "RUN");
        await RestfulApp.SubmitAsync(app.Alice, "sleep 60", $"&cores_per_task={cores}");
        var (status, text) = await SubmitAsync(app.Alice, "true");
        Assert.Equal(400, status);
        Assert.Contains("not started", text, StringComparison.Ordinal);
        Assert.Equal((2, 1), ((await UseOfAsync(app)).ActiveJobs, (await UseOfAsync(app)).QueuedJobs));
    }

    [Fact]
    public void No_more_submits_come_in_a_minute_than_may()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1767225600));
        var rate = new SubmitRate();
        foreach (var wait in (int[])[0, 10, 20])
        {
            time.Advance(TimeSpan.FromSeconds(wait == 0 ? 0 : 10));
            Assert.Null(rate.Wait(3, time));
            rate.Add(time);
        }

        Assert.Equal(TimeSpan.FromSeconds(40), rate.Wait(3, time));
        time.Advance(TimeSpan.FromSeconds(39.9));
        Assert.NotNull(rate.Wait(3, time));
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(rate.Wait(3, time));
        rate.Add(time);
        Assert.Equal(TimeSpan.FromSeconds(10), rate.Wait(3, time));
        // A limit that was lowered meanwhile waits for more of them.
        Assert.Equal(TimeSpan.FromSeconds(20), rate.Wait(2, time));
    }

    [Fact]
    public async Task Too_many_submits_in_a_minute_are_told_when_to_come_back()
    {
        await using var app = await StartAsync(new() { SubmitsPerMinute = 20 });
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => app.Alice.PostAsync("/v1/jobs/submit?command=true", null, Token)));
        Assert.Equal(20, answers.Count(answer => answer.IsSuccessStatusCode));
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            Assert.Equal(429, (int)answer.StatusCode);
            Assert.InRange(int.Parse(answer.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 1, 60);
            Assert.Equal("This account may submit 20 jobs a minute.", (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
        }
    }

    [Theory]
    [InlineData("&num_nodes=1&num_tasks=2", null)]
    [InlineData("&num_tasks=2&cores_per_task=1", null)]
    [InlineData("&num_tasks=3&cores_per_task=1", "The job asks for 3 cores; this account may use 2 cores in one job.")]
    [InlineData("&num_tasks=1&cores_per_task=5", "The job asks for 5 cores")]
    [InlineData("&runtime=60", null)]
    [InlineData("&runtime=61", "The job asks for 61 seconds; this account may use 60 seconds in one job.")]
    public async Task A_job_that_asks_for_more_than_the_account_may_is_refused(string asked, string? problem)
    {
        await using var app = await StartAsync(new() { Nodes = 1, Cores = 2, Duration = 60 });
        var (status, text) = await SubmitAsync(app.Alice, "true", asked);
        Assert.True(status == (problem is null ? 200 : 400), text);
        Assert.Contains(problem ?? "Job submit", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&runtime=0")]
    public async Task A_job_without_a_time_limit_gets_the_accounts(string asked)
    {
        await using var app = await StartAsync(new() { Duration = 60 });
        var id = await RestfulApp.SubmitAsync(app.Alice, "sleep 5", asked);
        Assert.Equal(60, (await RestfulApp.GetAsync(app.Alice, $"/v1/jobs/{id}")).GetProperty("duration").GetDouble());
    }

    [Fact]
    public async Task The_api_names_the_limit_its_value_and_what_is_used()
    {
        await using var app = await ApiApp.StartAsync();
        var accounts = app.App.Services.GetRequiredService<TenantAccounts>();
        await accounts.ChangeAsync("alice", new TenantChange { Limits = _ => new() { ActiveJobs = 2, Nodes = 1, SubmitsPerMinute = 2 } }, null, null, Token);
        var sleep = new { command = Sleep };
        await RefusedAsync(new { command = Sleep, nodes = 2 }, 403, "over-limit", """{"name":"nodes","value":1,"use":2}""", retryable: false);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", sleep, 201);
        await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", sleep, 201);
        await RefusedAsync(sleep, 409, "quota-full", """{"name":"activeJobs","value":2,"use":2}""", retryable: true);
        await accounts.ChangeAsync("alice", new TenantChange { Limits = limits => limits with { ActiveJobs = null } }, null, null, Token);
        await RefusedAsync(sleep, 429, "too-many-submits", """{"name":"submitsPerMinute","value":2,"use":2}""", retryable: true);
        var use = (await ApiApp.GetAsync(app.Alice, "/api/v1/account")).GetProperty("use");
        Assert.Equal((2, 2), (use.GetProperty("activeJobs").GetInt32(), use.GetProperty("submitsInLastMinute").GetInt32()));

        async Task RefusedAsync(object job, int status, string type, string limit, bool retryable)
        {
            var problem = await ApiApp.PostAsync(app.Alice, "/api/v1/jobs", job, status);
            Assert.Equal(
                ("urn:flux-restful:problem:" + type, limit, retryable),
                (problem.GetProperty("type").GetString(), problem.GetProperty("limit").GetRawText(), problem.GetProperty("retryable").GetBoolean()));
        }
    }

    [Fact]
    public async Task An_account_that_may_have_no_job_submits_none()
    {
        await using var app = await StartAsync(new() { ActiveJobs = 0 });
        Assert.Equal(400, (await SubmitAsync(app.Alice, "true")).Status);
        Assert.Equal(0, (await UseOfAsync(app)).SubmitsInLastMinute);
    }

    [Fact]
    public async Task Nothing_comes_in_once_an_account_is_closed()
    {
        await using var app = await StartAsync(TenantLimits.None);
        var quotas = app.App.Services.GetRequiredService<TenantQuotas>();
        var id = await IdAsync(app);
        await RestfulApp.SubmitAsync(app.Alice, "sleep 60");
        Assert.False(quotas.TryClose(id, onlyIfIdle: true));
        await RestfulApp.SubmitAsync(app.Alice, "sleep 60");
        Assert.True(quotas.TryClose(id, onlyIfIdle: false));
        Assert.Equal(400, (await SubmitAsync(app.Alice, "true")).Status);
        quotas.Reopen(id);
        await RestfulApp.SubmitAsync(app.Alice, "true");
    }

    private static async Task<RestfulApp> StartAsync(TenantLimits limits)
    {
        var app = await RestfulApp.StartAsync();
        var change = new TenantChange { Limits = _ => limits };
        Assert.True((await app.App.Services.GetRequiredService<TenantAccounts>().ChangeAsync("alice", change, null, null, Token)).IsDone);
        return app;
    }

    private static async Task<int> IdAsync(RestfulApp app) => (await app.App.Services.GetRequiredService<TenantAccounts>().FindAsync("alice", Token))!.Id;

    private static async Task<TenantUse> UseOfAsync(RestfulApp app) => app.App.Services.GetRequiredService<TenantQuotas>().UseOf(await IdAsync(app));

    private static async Task<(int Status, string Text)> SubmitAsync(HttpClient client, string command, string more = "")
    {
        var response = await client.PostAsync($"/v1/jobs/submit?command={Uri.EscapeDataString(command)}{more}", null, Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }
}
