using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>
/// By what a list is ordered; jobs that are alike in it follow by id, and one without a value comes before all others. By id, submission or name a list that is read
/// page by page shows every job once whatever happens meanwhile; by anything else, a job that changes in it moves, and is where it is then.
/// </summary>
internal sealed class ListOrder
{
    private ListOrder(string name, Func<JobRecord, double, double?> number)
    {
        Name = name;
        Key = (job, now) => new(number(job, now) ?? double.NegativeInfinity, "");
    }

    private ListOrder(string name, Func<JobRecord, string?> text)
    {
        Name = name;
        Key = (job, _) => new(0, text(job) ?? "");
    }

    /// <summary>By id. Ids grow with time, so this is the order of submission, which no change disturbs.</summary>
    public static ListOrder Submitted { get; } = new("submitted", (_, _) => 0);

    public static IReadOnlyList<ListOrder> All { get; } =
    [
        Submitted,
        new("id", (_, _) => 0),
        new("name", job => job.Name),
        new("state", (job, _) => job.State == JobState.Inactive ? (int)job.State + (int)job.Result : (int)job.State),
        new("priority", (job, _) => job.Priority),
        new("urgency", (job, _) => job.Urgency),
        new("started", (job, _) => job.TRun),
        new("ended", (job, _) => job.TInactive),
        new("runtime", (job, now) => job.RuntimeAt(now)),
        new("duration", (job, _) => job.Duration),
        new("queue", job => job.Queue),
        new("ntasks", (job, _) => job.NTasks),
        new("nnodes", (job, _) => job.NNodes),
        new("ncores", (job, _) => job.NCores),
    ];

    public string Name { get; }

    public Func<JobRecord, double, JobSortKey> Key { get; }

    public bool IsById => Name is "submitted" or "id";

    public static ListOrder? Find(string name) => All.FirstOrDefault(order => order.Name == name);

    public JobPlace PlaceOf(JobEntry entry, double now) => new(Key(entry.Record, now), entry.Record.Id.Value);
}
