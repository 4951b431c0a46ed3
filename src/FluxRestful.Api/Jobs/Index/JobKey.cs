using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// A job's place in a listing, as <c>flux jobs -a</c> orders: waiting jobs by priority, then running ones, newest first, then ended ones, newest first.
/// </summary>
internal readonly record struct JobKey(byte Group, double Rank, ulong Id) : IComparable<JobKey>
{
    private const JobState Waiting = JobState.New | JobState.Depend | JobState.Priority | JobState.Sched;

    public static JobKey Of(JobRecord job) => (job.State & Waiting) != 0
        ? new JobKey(0, -(double)(job.Priority ?? 0), job.Id.Value)
        : job.State == JobState.Inactive
            ? new JobKey(2, -(job.TInactive ?? 0), job.Id.Value)
            : new JobKey(1, -(job.TRun ?? 0), job.Id.Value);

    public int CompareTo(JobKey other)
    {
        var order = Group.CompareTo(other.Group);
        order = order != 0 ? order : Rank.CompareTo(other.Rank);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
