using System.Collections.Immutable;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// The jobs of one owner, or of all, by <see cref="JobGroup"/> and in each by id. Immutable but for what <see cref="JobRun"/> changes in place: a reader sees each
/// job once, in the group where it is or was. How many are in a group costs nothing.
/// </summary>
internal sealed class JobShelf
{
    private readonly ImmutableArray<JobRun> _runs;

    private JobShelf(ImmutableArray<JobRun> runs) => _runs = runs;

    public static JobShelf Empty { get; } = new([.. Enumerable.Repeat(JobRun.Empty, JobGroups.Count)]);

    /// <param name="entries">In the order of their ids.</param>
    public static JobShelf Of(IEnumerable<JobEntry> entries)
    {
        var groups = entries.ToLookup(entry => JobGroups.Of(entry.Record));
        return new([.. Enumerable.Range(0, JobGroups.Count).Select(group => JobRun.Of(groups[(JobGroup)group]))]);
    }

    public JobRun this[JobGroup group] => _runs[(int)group];

    /// <param name="entry">The job as it is now.</param>
    /// <param name="before">As it was on this shelf; null if it was not.</param>
    public JobShelf With(JobEntry entry, JobRecord? before)
    {
        var runs = _runs;
        var group = (int)JobGroups.Of(entry.Record);
        if (before is not null && (int)JobGroups.Of(before) is var old && old != group)
        {
            runs = runs.SetItem(old, runs[old].Without(before.Id.Value));
        }

        var run = runs[group].With(entry);
        return run == runs[group] && runs == _runs ? this : new(runs.SetItem(group, run));
    }

    public JobShelf Without(JobRecord job)
    {
        var group = (int)JobGroups.Of(job);
        return new(_runs.SetItem(group, _runs[group].Without(job.Id.Value)));
    }
}
