using FluxRestful.Api.Cluster;
using FluxRestful.Api.Cluster.History;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Storage.Cluster;
using FluxRestful.Contracts.Cluster.History;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FluxRestful.Tests.Api.Cluster.History;

public sealed class ClusterHistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minute_of_the_instance_is_in_its_history_in_numbers_and_without_names()
    {
        await using var app = await ApiApp.StartAsync();
        var id = (await ApiApp.PostAsync(app.Bob, "/api/v1/jobs", new { command = (string[])["true"], name = "secret-of-bob" }, 201)).GetProperty("id").GetString();
        await Eventually.TrueAsync(async () => (await ApiApp.GetAsync(app.Bob, $"/api/v1/jobs/{id}")).GetProperty("state").GetString() == "INACTIVE", Token);
        await ActivatorUtilities.CreateInstance<ClusterSampler>(app.App.Services).TakeAsync(Token);

        var history = await ApiApp.GetAsync(app.Alice, "/api/v1/cluster/history?range=1h");
        var resources = await ApiApp.GetAsync(app.Alice, "/api/v1/resources");
        var cores = Assert.Single(history.GetProperty("samples").EnumerateArray()).GetProperty("cores");
        Assert.Equal(
            resources.GetProperty("total").GetProperty("cores").GetDouble(),
            cores.GetProperty("allocated").GetDouble() + cores.GetProperty("free").GetDouble() + cores.GetProperty("down").GetDouble());
        Assert.Equal(1, history.GetProperty("ended").EnumerateArray().Sum(one => one.GetProperty("completed").GetInt32()));
        var wait = Assert.Single(history.GetProperty("waits").EnumerateArray());
        Assert.Equal(("default", 1), (wait.GetProperty("queue").GetString(), wait.GetProperty("started").GetInt32()));
        Assert.DoesNotContain("bob", history.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_range_that_is_none_is_refused_by_name()
    {
        await using var app = await ApiApp.StartAsync();
        var problem = await ApiApp.GetAsync(app.Alice, "/api/v1/cluster/history?range=2d", 400);
        Assert.Equal("One of 1h, 24h, 7d, 30d.", problem.GetProperty("errors").GetProperty("range")[0].GetString());
    }

    [Fact]
    public async Task Minutes_become_quarters_of_an_hour_and_what_is_too_old_goes()
    {
        await using var app = await ApiApp.StartAsync();
        var services = app.App.Services;
        var samples = services.GetRequiredService<ClusterSamples>();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var time = new FakeTimeProvider(noon.AddMinutes(15));
        for (var minute = 0; minute < 15; minute++)
        {
            await samples.AddAsync(Sample(60, noon.AddMinutes(minute), minute), Token);
        }

        var sampler = new ClusterSampler(
            services.GetRequiredService<ClusterReader>(), services.GetRequiredService<JobIndex>(), samples, time, NullLogger<ClusterSampler>.Instance);
        await sampler.TakeAsync(Token);
        await sampler.TakeAsync(Token);
        var quarter = Assert.Single(await samples.ReadAsync(ClusterSamples.Quarter, noon, noon.AddDays(1), Token));
        Assert.Equal((noon, 7.0), (quarter.At, quarter.CoresAllocated));
        Assert.Equal(16, (await samples.ReadAsync(ClusterSamples.Minute, noon, noon.AddDays(1), Token)).Count);

        time.Advance(TimeSpan.FromHours(25));
        await sampler.TakeAsync(Token);
        Assert.Single(await samples.ReadAsync(ClusterSamples.Minute, noon, noon.AddDays(2), Token));
        Assert.Equal(noon, await samples.FirstAsync(Token));
        time.Advance(TimeSpan.FromDays(31));
        await sampler.TakeAsync(Token);
        Assert.Empty(await samples.ReadAsync(ClusterSamples.Quarter, noon, noon.AddDays(2), Token));
    }

    [Fact]
    public async Task Weeks_are_shown_by_quarters_of_an_hour_and_the_last_one_by_what_there_is_of_it()
    {
        await using var app = await ApiApp.StartAsync();
        var services = app.App.Services;
        var samples = services.GetRequiredService<ClusterSamples>();
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await samples.AddAsync(Sample(900, noon.AddHours(-1), 10), Token);
        await samples.AddAsync(Sample(900, noon.AddMinutes(-45), 20), Token);
        await samples.AddAsync(Sample(60, noon.AddMinutes(-40), 99), Token);
        await samples.AddAsync(Sample(60, noon.AddMinutes(-1), 40), Token);
        var reader = new HistoryReader(samples, services.GetRequiredService<JobIndex>(), services.GetRequiredService<PastJobs>(), new FakeTimeProvider(noon));
        var week = await reader.ReadAsync(HistoryRange.Find("7d")!, Token);
        Assert.Equal([(noon.AddHours(-1), 15.0), (noon.AddMinutes(-30), 40.0)], week.Samples.Select(sample => (sample.At, sample.Cores.Allocated)));
        Assert.Equal(noon.AddHours(-1), week.CollectingSince);
        var hour = await reader.ReadAsync(HistoryRange.Find("1h")!, Token);
        Assert.Equal([99.0, 40.0], hour.Samples.Select(sample => sample.Cores.Allocated));
    }

    [Fact]
    public void Waits_are_told_by_queue_and_by_time_and_for_all_together()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var history = JobHistory.Of(
            JobShelf.Empty, [Job(1, "batch", 10, 4), Job(2, "batch", 20, 6), Job(3, "debug", 20, 1), Job(4, null, 80, 2), Job(5, "batch", 200, 9)],
            noon.AddHours(-3), noon, TimeSpan.FromHours(1));
        Assert.Equal(
            ["batch 2 4 6 6 of 11:00 2 4 6", "debug 1 1 1 1 of 11:00 1 1 1", "default 1 2 2 2 of 10:00 1 2 2"],
            history.Waits.Select(one => $"{one.Queue} {one.Started} {one.Median} {one.P95} {one.Longest} of {string.Join("; ", one.Steps.Select(Say))}"));
        Assert.Equal(["10:00 1 2 2", "11:00 3 4 6"], history.WaitSteps.Select(Say));

        JobEntry Job(ulong id, string? queue, int minutesAgo, int waited)
        {
            var started = noon.AddMinutes(-minutesAgo).ToUnixTimeSeconds();
            return new JobEntry(
                new JobRecord { Id = new(id), Queue = queue, State = JobState.Inactive, Result = JobResult.Completed, TSubmit = started - waited, TRun = started, TInactive = started + 1 },
                null,
                JobOwner.Nobody);
        }

        static string Say(WaitStep step) => $"{step.At:HH:mm} {step.Started} {step.Median} {step.P95}";
    }

    [Theory]
    [InlineData(new[] { 5.0 }, 5, 5)]
    [InlineData(new[] { 1.0, 2, 3, 4 }, 2, 4)]
    [InlineData(new[] { 0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100 }, 0, 0)]
    public void A_percentile_is_the_value_that_this_share_does_not_exceed(double[] sorted, double median, double p95) =>
        Assert.Equal((median, p95), (JobHistory.Percentile(sorted, .5), JobHistory.Percentile(sorted, .95)));

    private static ClusterSample Sample(int step, DateTimeOffset at, double cores) => new() { Step = step, At = at, CoresAllocated = cores, CoresFree = 100 - cores };
}
