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
    private readonly Func<JobRecord, double, JobSortKey> _key;
    private readonly ChunkColumn<JobSortKey[]>? _keys;

    private ListOrder(string name, Func<JobRecord, double, JobSortKey> key, bool isOfNow)
    {
        Name = name;
        _key = key;
        _keys = isOfNow ? null : ChunkColumn.Of(entry => key(entry.Record, 0));
    }

    private ListOrder(string name, Func<JobRecord, double?> number)
        : this(name, (job, _) => JobSortKey.Of(number(job)), isOfNow: false)
    {
    }

    private ListOrder(string name, Func<JobRecord, string?> text)
        : this(name, (job, _) => JobSortKey.Of(text(job)), isOfNow: false)
    {
    }

    /// <summary>When jobs began and ended to run: for how long changes by itself, so no column keeps that.</summary>
    public static ChunkColumn<(double? Start, double? End)[]> Runs { get; } = ChunkColumn.Of(entry => (entry.Record.TRun, entry.Record.TCleanup));

    /// <summary>By id. Ids grow with time, so this is the order of submission, which no change disturbs.</summary>
    public static ListOrder Submitted { get; } = new("submitted", _ => 0);

    public static IReadOnlyList<ListOrder> All { get; } =
    [
        Submitted,
        new("id", _ => 0),
        new("name", job => job.Name),
        new("state", job => job.State == JobState.Inactive ? (int)job.State + (int)job.Result : (int)job.State),
        new("priority", job => job.Priority),
        new("urgency", job => job.Urgency),
        new("started", job => job.TRun),
        new("ended", job => job.TInactive),
        new("runtime", (job, now) => JobSortKey.Of(job.RuntimeAt(now)), isOfNow: true),
        new("duration", job => job.Duration),
        new("queue", job => job.Queue),
        new("ntasks", job => job.NTasks),
        new("nnodes", job => job.NNodes),
        new("ncores", job => job.NCores),
    ];

    public string Name { get; }

    public bool IsById => Name is "submitted" or "id";

    public static ListOrder? Find(string name) => All.FirstOrDefault(order => order.Name == name);

    public JobPlace PlaceOf(JobEntry entry, double now) => new(_key(entry.Record, now), entry.Record.Id.Value);

    /// <summary>What each job of a chunk is sorted by.</summary>
    /// <param name="room">For what no column keeps.</param>
    public ReadOnlySpan<JobSortKey> Keys(JobChunk chunk, double now, JobSortKey[] room)
    {
        if (_keys is not null)
        {
            return chunk.Column(_keys);
        }

        var runs = chunk.Column(Runs);
        for (var place = 0; place < runs.Length; place++)
        {
            room[place] = JobSortKey.Of(JobRecord.RuntimeAt(runs[place].Start, runs[place].End, now));
        }

        return room.AsSpan(0, runs.Length);
    }
}
