using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Tests.Core.Jobs.Records;

public sealed class JobRecordDerivedTests
{
    private const double LongAfter = 4e9;

    public static TheoryData<string> Recordings => [.. Rows.Keys];

    // Made up to see what the library does, these lack what every record has.
    public static TheoryData<string> WholeRecords => [.. Rows.Keys.Where(name => !name.StartsWith("synthetic", StringComparison.Ordinal))];

    private static Dictionary<string, JsonElement> Rows { get; } =
        Recorded.Json("data/jobinfo.json").EnumerateArray().ToDictionary(row => row.GetProperty("case").GetString()!);

    [Theory]
    [MemberData(nameof(Recordings))]
    public void What_users_see_of_a_record_is_what_the_library_shows(string name)
    {
        var job = JobRecordJson.Read(Rows[name].GetProperty("job"));
        var shown = Rows[name].GetProperty("jobinfo");
        var now = Now(job, shown);

        Assert.Equal(Text(shown, "result"), job.Result == JobResult.None ? "" : job.Result.ToString().ToUpperInvariant());
        // The library has no status for a new job.
        Assert.Equal(job.State == JobState.New ? "NEW" : Text(shown, "status"), job.Status);
        Assert.Equal(job.State == JobState.New ? "N" : Text(shown, "status_abbrev"), job.StatusAbbreviation);
        Assert.Equal(Text(shown, "returncode"), job.ReturnCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
        Assert.Equal(shown.GetProperty("runtime").GetDouble(), job.RuntimeAt(now), 1e-6);
        Assert.Equal(shown.GetProperty("t_remaining").GetDouble(), job.RemainingAt(now) ?? 0, 0.1);
        Assert.Equal(Text(shown, "inactive_reason"), job.State == JobState.Inactive ? job.Reason(now) : "");
        Assert.Equal(Text(shown, "contextual_info"), (job.State & JobState.Pending) != 0 ? job.Reason(now) : job.NodeList ?? "");
    }

    [Theory]
    [MemberData(nameof(WholeRecords))]
    public void A_record_is_written_as_it_was_read(string name)
    {
        var given = Rows[name].GetProperty("job");
        Assert.Equal(Recorded.Normal(given), Recorded.Normal(JobReducerTests.Written(JobRecordJson.Read(given))));
    }

    // A running job's time goes on: the moment of the recording follows from the run time it shows.
    private static double Now(JobRecord job, JsonElement shown) =>
        job is { TRun: { } start, TCleanup: null } ? start + shown.GetProperty("runtime").GetDouble() : LongAfter;

    private static string Text(JsonElement shown, string name) => shown.GetProperty(name).ToString();
}
