using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Tests.Core.Jobs;
using FluxRestful.Tests.Core.Jobs.Records;
using FluxRestful.Tests.Fakes;

namespace FluxRestful.Tests.Live;

/// <summary>Records made of the journal against what a real Flux answers and shows.</summary>
[Collection(nameof(LiveFlux))]
public sealed class JobRecordsTests
{
    private const char Separator = '\u001f';

    private static readonly string[] Shown =
        ["id.dec", "status", "status_abbrev", "result", "returncode", "runtime", "contextual_info", "inactive_reason", "state", "success", "name", "exception.type", "exception.note"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task They_equal_those_of_job_list_and_show_what_flux_jobs_shows()
    {
        FluxCommand.Require();
        await using var flux = await FluxInstance.StartAsync(LiveFlux.Size, TestContext.Current.CancellationToken);
        await using var broker = new BrokerSession(flux.Uri);
        await using var live = new FollowedJobs(broker.Client, broker.Token);
        await live.CaughtUp.WaitAsync(broker.Token);
        var jobs = new VariedJobs(broker);

        await jobs.RunAsync();

        Assert.True(jobs.Ended.Count + jobs.Active.Count > 230);
        var listed = (await broker.ListAsync(new { })).ToDictionary(BrokerSession.IdIn);
        Assert.Equal(jobs.Ended.Concat(jobs.Active).ToHashSet(), [.. listed.Keys]);
        await Eventually.TrueAsync(() => Task.FromResult(jobs.Ended.All(id => live.Records[id].State == JobState.Inactive)), Patience, broker.Token);
        Assert.Equal("", string.Join("\n", Differences(listed, live.Records)));

        // Surprise 16: that annotations were cleared, as the scheduler does with those of a job that never ran, is told live only. A job-list
        // that starts now knows as little as we do of these jobs; of the others it forgets what alloc says, which we do not.
        Assert.Equal(0, (await FluxCommand.RunAsync(flux.Uri, broker.Token, "module", "reload", "job-list")).ExitCode);
        foreach (var job in (await broker.ListAsync(new { })).Where(job => !job.TryGetProperty("t_run", out _)))
        {
            listed[BrokerSession.IdIn(job)] = job;
        }

        await using var backlog = new FollowedJobs(broker.Client, broker.Token);
        await backlog.CaughtUp.WaitAsync(broker.Token);
        Assert.Equal("", string.Join("\n", Differences(listed, backlog.Records)));

        Assert.Equal("", string.Join("\n", await DifferencesToCommandLineAsync(flux.Uri, live.Records, broker.Token)));
    }

    private static List<string> Differences(Dictionary<JobId, JsonElement> listed, IReadOnlyDictionary<JobId, JobRecord> records) =>
        [.. from job in listed
            let given = Attributes(job.Value)
            let made = Attributes(JobReducerTests.Written(records[job.Key]))
            from name in given.Keys.Union(made.Keys)
            let expected = given.GetValueOrDefault(name, "absent")
            let actual = made.GetValueOrDefault(name, "absent")
            where expected != actual
            select $"{job.Key} {name}: job-list {expected}, we {actual}"];

    private static Dictionary<string, string> Attributes(JsonElement job) =>
        job.EnumerateObject().ToDictionary(each => each.Name, each => Recorded.Normal(each.Value));

    private static async Task<List<string>> DifferencesToCommandLineAsync(
        string uri, IReadOnlyDictionary<JobId, JobRecord> records, CancellationToken cancellationToken)
    {
        var before = Now();
        var format = string.Join(Separator, Shown.Select(name => $"{{{name}}}"));
        var outcome = await FluxCommand.RunAsync(uri, cancellationToken, "jobs", "-a", "-c", "0", "-n", "--color=never", "-o", format);
        var after = Now();
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));

        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(Separator)).ToList();
        Assert.Equal(records.Count, lines.Count);
        return [.. from line in lines
            let job = records[JobId.Parse(line[0])]
            from name in Shown.Skip(1)
            let shown = line[Array.IndexOf(Shown, name)]
            let ours = Ours(job, name, after)
            where name == "runtime" ? !IsWithin(shown, job.RuntimeAt(before), job.RuntimeAt(after)) : shown != ours
            select $"{job.Id} {name}: flux '{shown}', we '{ours}'"];
    }

    private static string Ours(JobRecord job, string name, double now) => name switch
    {
        "status" => job.Status,
        "status_abbrev" => job.StatusAbbreviation,
        "result" => job.Result == JobResult.None ? "" : job.Result.ToString().ToUpperInvariant(),
        "returncode" => job.ReturnCode?.ToString(CultureInfo.InvariantCulture) ?? "",
        "runtime" => job.RuntimeAt(now).ToString("R", CultureInfo.InvariantCulture),
        "contextual_info" => (job.State & JobState.Pending) != 0 ? job.Reason(now) : job.NodeList ?? "",
        "inactive_reason" => job.State == JobState.Inactive ? job.Reason(now) : "",
        "state" => job.State.ToString().ToUpperInvariant(),
        "success" => job.State == JobState.Inactive ? job.Success.ToString() : "",
        "name" => job.Name ?? "",
        "exception.type" => job.State == JobState.Inactive ? job.Exception?.Type ?? "" : "",
        "exception.note" => job.State == JobState.Inactive ? job.Exception?.Note ?? "" : "",
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static bool IsWithin(string shown, double least, double most)
    {
        const double Rounding = 1e-3;
        return double.Parse(shown, CultureInfo.InvariantCulture) is var seconds && seconds >= least - Rounding && seconds <= most + Rounding;
    }

    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}
