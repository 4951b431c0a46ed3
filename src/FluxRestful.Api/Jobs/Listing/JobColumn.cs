using System.Globalization;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>One attribute of a job as something to sort by and to search in. A job without a value comes before all others.</summary>
internal sealed class JobColumn
{
    private JobColumn(string name, Func<JobRecord, double, double?> number)
    {
        Name = name;
        IsNumber = true;
        Text = (job, now) => number(job, now)?.ToString(CultureInfo.InvariantCulture) ?? "";
        Key = (job, now) => JobSortKey.Of(number(job, now));
    }

    private JobColumn(string name, Func<JobRecord, string?> text)
    {
        Name = name;
        Text = (job, _) => text(job) ?? "";
        Key = (job, _) => JobSortKey.Of(text(job));
    }

    public static IReadOnlyList<JobColumn> All { get; } =
    [
        new("name", job => job.Name),
        new("id", (job, _) => job.Id.Value),
        new("f58", job => job.Id.ToString()),
        new("state", job => job.State.ToString().ToUpperInvariant()),
        new("result", job => job.Result == JobResult.None ? null : job.Result.ToString().ToUpperInvariant()),
        new("returncode", (job, _) => job.ReturnCode),
        new("nodelist", job => job.NodeList),
        new("ranks", job => job.Ranks),
        new("queue", job => job.Queue),
        new("project", job => job.Project),
        new("bank", job => job.Bank),
        new("cwd", job => job.Cwd),
        new("userid", (job, _) => job.UserId),
        new("urgency", (job, _) => job.Urgency),
        new("priority", (job, _) => job.Priority),
        new("ntasks", (job, _) => job.NTasks),
        new("ncores", (job, _) => job.NCores),
        new("nnodes", (job, _) => job.NNodes),
        new("duration", (job, _) => job.Duration),
        new("expiration", (job, _) => job.Expiration),
        new("runtime", (job, now) => job.RuntimeAt(now)),
        new("waitstatus", (job, _) => job.WaitStatus),
        new("t_submit", (job, _) => job.TSubmit),
        new("t_depend", (job, _) => job.TDepend),
        new("t_priority", (job, _) => job.TPriority),
        new("t_sched", (job, _) => job.TSched),
        new("t_run", (job, _) => job.TRun),
        new("t_cleanup", (job, _) => job.TCleanup),
        new("t_inactive", (job, _) => job.TInactive),
        new("exception_type", job => job.Exception?.Type),
        new("exception_note", job => job.Exception?.Note),
        new("annotations", job => job.Annotations),
    ];

    public string Name { get; }

    public bool IsNumber { get; }

    /// <summary>As text, for searching.</summary>
    public Func<JobRecord, double, string> Text { get; }

    /// <summary>What to sort by.</summary>
    public Func<JobRecord, double, JobSortKey> Key { get; }

    public static JobColumn? Find(string name) => All.FirstOrDefault(column => column.Name == name);
}
