using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs;

/// <summary>How a job's state is shown: a word, a shape and a colour, never the colour alone.</summary>
/// <param name="Kind">The style: <c>state-KIND</c>.</param>
/// <param name="Word">What is read.</param>
/// <param name="Icon">Its shape differs from those of all others.</param>
/// <param name="Raw">Flux's own word.</param>
public sealed record JobLook(string Kind, string Word, string Icon, string Raw)
{
    public static JobLook Of(JobRecord job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return job.State switch
        {
            JobState.New or JobState.Priority => new("pending", "Pending", "hourglass", job.Status),
            JobState.Depend => new("pending", "Pending", "link", job.Status),
            JobState.Sched when job.Urgency == 0 => new("pending", "Held", "circle-pause", job.Status),
            JobState.Sched => new("pending", "Pending", "hourglass", job.Status),
            JobState.Run => new("running", "Running", "circle-play", job.Status),
            JobState.Cleanup => new("cleanup", "Cleanup", "broom", job.Status),
            JobState.Inactive => OfResult(job),
            _ => new("unknown", "Unknown", "circle-question-mark", job.Status),
        };
    }

    private static JobLook OfResult(JobRecord job) => job.Result switch
    {
        JobResult.Completed => new("completed", "Completed", "circle-check", job.Status),
        JobResult.Failed => new("failed", "Failed", "octagon-x", job.Status),
        JobResult.Canceled => new("canceled", "Canceled", "ban", job.Status),
        JobResult.Timeout => new("timeout", "Timeout", "clock-alert", job.Status),
        _ => new("unknown", "Ended", "circle-question-mark", job.Status),
    };
}
