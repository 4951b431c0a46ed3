using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Storage.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Past;

/// <summary>From the index's job to the database's row, and back.</summary>
internal static class PastJobRow
{
    // The rest of what somebody noted is Flux's to keep.
    private const int LongestText = 4096;

    internal static EndedJob Of(JobEntry entry)
    {
        var job = entry.Record;
        return new EndedJob
        {
            JobId = job.Id.WireValue,
            Submitted = job.TSubmit ?? 0,
            Ended = job.TInactive ?? 0,
            TenantId = entry.Owner.IsKnown ? entry.Owner.TenantId : null,
            Owner = entry.OwnerName,
            RequestId = entry.OwnerName is null ? null : entry.Mark?.Request.ToString("N"),
            UserId = job.UserId,
            Urgency = job.Urgency,
            Priority = job.Priority,
            StatesSeen = (int)job.StatesSeen,
            DependAt = job.TDepend,
            PriorityAt = job.TPriority,
            SchedAt = job.TSched,
            RunAt = job.TRun,
            CleanupAt = job.TCleanup,
            Name = job.Name,
            Command = job.Command,
            Tags = job.Tags,
            Cwd = job.Cwd,
            Queue = job.Queue,
            Project = job.Project,
            Bank = job.Bank,
            Tasks = job.NTasks,
            Nodes = job.NNodes,
            Cores = job.NCores,
            Gpus = job.NGpus,
            Duration = job.Duration,
            Expiration = job.Expiration,
            Ranks = job.Ranks,
            NodeList = job.NodeList,
            Annotations = job.Annotations is { Length: <= LongestText } annotations ? annotations : null,
            Dependencies = job.Dependencies is { } dependencies ? string.Join('\n', dependencies) : null,
            WaitStatus = job.WaitStatus,
            Success = job.Success,
            ExceptionType = job.Exception?.Type,
            ExceptionSeverity = job.Exception?.Severity,
            ExceptionNote = job.Exception?.Note is { Length: > LongestText } note ? note[..LongestText] : job.Exception?.Note,
            Result = (int)job.Result,
        };
    }

    /// <summary>As a job that Flux has purged.</summary>
    internal static JobEntry Read(EndedJob row) => new(
        new JobRecord
        {
            Id = JobId.FromWire(row.JobId),
            UserId = (uint)row.UserId,
            Urgency = row.Urgency,
            Priority = row.Priority,
            State = JobState.Inactive,
            StatesSeen = (JobState)row.StatesSeen,
            TSubmit = row.Submitted,
            TDepend = row.DependAt,
            TPriority = row.PriorityAt,
            TSched = row.SchedAt,
            TRun = row.RunAt,
            TCleanup = row.CleanupAt,
            TInactive = row.Ended,
            Name = Strings.Share(row.Name),
            Command = Strings.Share(row.Command),
            Tags = Strings.Share(row.Tags),
            Cwd = Strings.Share(row.Cwd),
            Queue = Strings.Share(row.Queue),
            Project = Strings.Share(row.Project),
            Bank = Strings.Share(row.Bank),
            NTasks = row.Tasks,
            NNodes = row.Nodes,
            NCores = row.Cores,
            NGpus = row.Gpus,
            Duration = row.Duration,
            Ranks = Strings.Share(row.Ranks),
            NodeList = Strings.Share(row.NodeList),
            Expiration = row.Expiration,
            Annotations = row.Annotations,
            Dependencies = row.Dependencies is { } dependencies ? dependencies.Length == 0 ? [] : dependencies.Split('\n') : null,
            WaitStatus = row.WaitStatus,
            Success = row.Success,
            Exception = row.ExceptionType is { } type ? new(Strings.Share(type), row.ExceptionSeverity ?? 0, row.ExceptionNote ?? "") : null,
            Result = (JobResult)row.Result,
        },
        row.Owner is { } name && Guid.TryParseExact(row.RequestId, "N", out var request) ? new JobMark(Strings.Share(name), request) : null,
        OwnerOf(row.TenantId, Strings.Share(row.Owner)),
        IsPurged: true);

    internal static JobOwner OwnerOf(int? tenantId, string? name) =>
        tenantId is { } id ? JobOwner.Tenant(id) : name is not null ? JobOwner.Claim(name) : JobOwner.Nobody;
}
