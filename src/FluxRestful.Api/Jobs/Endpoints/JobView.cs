using System.Text.Json;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>A job of the index as <c>/api/v1</c> shows it.</summary>
internal static class JobView
{
    public static Job Of(JobEntry entry, JobFields fields, double now)
    {
        var job = entry.Record;
        return new Job(
            job.Id.ToString(),
            DecimalId: If("decimalId", job.Id.ToString(JobIdFormat.Dec)),
            Name: If("name", job.Name),
            State: If("state", StateOf(job.State)),
            Status: If("status", job.Status),
            Result: If("result", ResultOf(job)),
            ReturnCode: fields.Has("returncode") ? job.ReturnCode : null,
            Reason: fields.Has("reason") && job.Reason(now) is { Length: > 0 } reason ? reason : null,
            Owner: If("owner", entry.OwnerName),
            Submitted: Time("submitted", job.TSubmit),
            Started: Time("started", job.TRun),
            Ended: Time("ended", job.TInactive),
            Runtime: fields.Has("runtime") && job.TRun is not null ? Seconds(job.RuntimeAt(now)) : null,
            Waited: fields.Has("waited") && job.TSubmit is { } submitted ? Seconds((job.TRun ?? job.TInactive ?? now) - submitted) : null,
            Remaining: fields.Has("remaining") && job.RemainingAt(now) is { } remaining ? Seconds(remaining) : null,
            Duration: fields.Has("duration") ? job.Duration : null,
            NTasks: fields.Has("ntasks") ? job.NTasks : null,
            NCores: fields.Has("ncores") ? job.NCores : null,
            NNodes: fields.Has("nnodes") ? job.NNodes : null,
            NodeList: If("nodelist", job.NodeList),
            Ranks: If("ranks", job.Ranks),
            Urgency: fields.Has("urgency") ? job.Urgency : null,
            Priority: fields.Has("priority") ? job.Priority : null,
            Queue: If("queue", job.Queue),
            Project: If("project", job.Project),
            Bank: If("bank", job.Bank),
            Cwd: If("cwd", job.Cwd),
            Exception: fields.Has("exception") && job.Exception is { } exception ? new(exception.Type, exception.Severity, exception.Note) : null,
            Dependencies: fields.Has("dependencies") ? job.Dependencies : null,
            Annotations: fields.Has("annotations") && job.Annotations is { } annotations ? JsonElement.Parse(annotations) : null,
            Timeline: fields.Has("timeline") ? TimelineOf(job) : null,
            Tags: fields.Has("tags") && job.Tags is not null ? job.TagList : null,
            Purged: fields.Has("purged") && entry.IsPurged ? true : null);

        string? If(string name, string? value) => fields.Has(name) ? value : null;

        DateTimeOffset? Time(string name, double? seconds) => fields.Has(name) && seconds is { } known ? TimeOf(known) : null;
    }

    internal static string StateOf(JobState state) => state.ToString().ToUpperInvariant();

    internal static string? ResultOf(JobRecord job) => job.Result == JobResult.None ? null : job.Result.ToString().ToUpperInvariant();

    /// <summary>Of seconds since 1970; what no calendar has is its nearest day.</summary>
    internal static DateTimeOffset TimeOf(double seconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(Math.Clamp(seconds, 0, 253_402_300_799) * TimeSpan.TicksPerSecond));

    private static double Seconds(double seconds) => Math.Round(Math.Max(0, seconds), 3);

    private static List<JobMoment> TimelineOf(JobRecord job)
    {
        var moments = new List<JobMoment>();
        foreach (var (state, time) in (ReadOnlySpan<(JobState, double?)>)
            [
                (JobState.New, job.TSubmit), (JobState.Depend, job.TDepend), (JobState.Priority, job.TPriority), (JobState.Sched, job.TSched),
                (JobState.Run, job.TRun), (JobState.Cleanup, job.TCleanup), (JobState.Inactive, job.TInactive),
            ])
        {
            if (time is { } known)
            {
                moments.Add(new(StateOf(state), TimeOf(known)));
            }
        }

        return moments;
    }
}
