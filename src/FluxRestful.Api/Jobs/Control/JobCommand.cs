using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Audit;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Control;

/// <summary>What somebody wants done to a job.</summary>
internal abstract record JobCommand
{
    /// <summary>What it is called where it is told who did it.</summary>
    public abstract AuditAction Action { get; }

    /// <summary>The same in a few words; nothing of what somebody wrote for himself.</summary>
    public virtual string? Detail => null;
}

/// <summary>End it.</summary>
/// <param name="Reason">To be read in its exception.</param>
internal sealed record CancelJob(string? Reason) : JobCommand
{
    public override AuditAction Action => AuditAction.JobCancel;
}

/// <summary>Send its tasks a signal.</summary>
internal sealed record SignalJob(int Signal) : JobCommand
{
    public override AuditAction Action => AuditAction.JobSignal;

    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"signal={Signal}");
}

/// <summary>Change its place among those that wait; 0 holds it.</summary>
internal sealed record SetUrgency(int Urgency) : JobCommand
{
    public override AuditAction Action => AuditAction.JobUrgency;

    public override string Detail => string.Create(CultureInfo.InvariantCulture, $"urgency={Urgency}");
}

/// <summary>Change its time limit, or, while it waits, its queue.</summary>
/// <param name="Duration">Seconds, 0 for none; null leaves it.</param>
/// <param name="IsRelative">The duration is to be added to what it has.</param>
/// <param name="Queue">Null leaves it.</param>
internal sealed record UpdateJob(double? Duration, bool IsRelative, string? Queue) : JobCommand
{
    public override AuditAction Action => AuditAction.JobUpdate;

    public override string Detail => string.Join(
        ' ',
        ((string?[])
        [
            Duration is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"duration={(IsRelative && seconds >= 0 ? "+" : "")}{seconds}") : null,
            Queue is null ? null : $"queue={Queue}",
        ]).OfType<string>());

    /// <summary>What the job's time limit would be, in seconds; null: it stays. Only what has a limit can be changed by so much.</summary>
    public double? DurationOf(JobRecord job) => IsRelative ? Math.Max(1, job.Duration!.Value + Duration!.Value) : Duration;
}

/// <summary>Note something about it; a null in the object takes a note away.</summary>
internal sealed record NoteMemo(JsonElement Memo) : JobCommand
{
    public override AuditAction Action => AuditAction.JobMemo;
}
