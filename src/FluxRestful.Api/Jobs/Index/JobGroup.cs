using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>Where people look for a job: waiting, running, or how it ended.</summary>
internal enum JobGroup
{
    /// <summary>New, depend, priority or sched.</summary>
    Pending,

    /// <summary>Run or cleanup.</summary>
    Running,

    Completed,

    Failed,

    Canceled,

    Timeout,
}

internal static class JobGroups
{
    internal const int Count = 6;

    internal static JobGroup Of(JobRecord job) => job.State switch
    {
        JobState.Run or JobState.Cleanup => JobGroup.Running,
        not JobState.Inactive => JobGroup.Pending,
        _ => Of(job.Result),
    };

    /// <summary>The group of jobs that ended so.</summary>
    internal static JobGroup Of(JobResult result) => result switch
    {
        JobResult.Completed => JobGroup.Completed,
        JobResult.Canceled => JobGroup.Canceled,
        JobResult.Timeout => JobGroup.Timeout,
        _ => JobGroup.Failed,
    };
}
