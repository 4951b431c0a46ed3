using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>A page of jobs that somebody wants: which, in which order, how many, after which.</summary>
internal sealed record JobListQuery
{
    public const int MostJobs = 1000;

    public JobFilter Filter { get; init; } = new();

    public ListOrder Order { get; init; } = ListOrder.Submitted;

    public bool Descending { get; init; } = true;

    public int Limit { get; init; } = 50;

    /// <summary>The end of the page before; it must be of the same order and direction.</summary>
    public JobCursor? After { get; init; }

    /// <summary>Answered from the shelf alone, in time that does not grow with the number of jobs, if they are wanted by id and by state; otherwise by one pass over them.</summary>
    public JobListPage Run(JobShelf shelf, double now)
    {
        now = After?.Now ?? now;
        return Filter.OnlyGroups && Order.IsById ? Merge(shelf, now) : Scan(shelf, now);
    }

    private JobListPage Merge(JobShelf shelf, double now)
    {
        var counts = JobCounts.Of(group => shelf[group].Count);
        var groups = Enum.GetValues<JobGroup>().Where(group => Share(group) != GroupShare.None).ToList();
        var runs = groups.Select(group => shelf[group].Read(Descending, After?.Last.Id)).ToArray();
        var jobs = JobMerge.ById(runs, Descending).Where(entry => Filter.FitsState(entry.Record)).Take(Limit + 1).ToList();
        var matching = groups.Sum(group => Share(group) == GroupShare.All
            ? shelf[group].Count
            : shelf[group].Read(descending: false).Count(entry => Filter.FitsState(entry.Record)));
        return Page(jobs, matching, counts, now);
    }

    private JobListPage Scan(JobShelf shelf, double now)
    {
        var (rest, state) = (Filter.Rest(now), Filter.StateTest());
        var counts = new int[JobGroups.Count];
        var matching = 0;
        var best = new JobBest(Limit + 1, Descending);
        var keys = new JobSortKey[JobChunk.Most];
        Span<bool> room = stackalloc bool[JobChunk.Most];
        foreach (var group in Enum.GetValues<JobGroup>())
        {
            // In the direction of the order: most orders go with time, and then the first jobs are the best ones.
            foreach (var chunk in shelf[group].Chunks(Descending))
            {
                var fits = room[..chunk.Count];
                fits.Fill(true);
                rest(chunk, fits);
                counts[(int)group] += fits.Count(true);
                state(chunk, fits);
                matching += fits.Count(true);
                Offer(chunk, fits, Order.Keys(chunk, now, keys), best);
            }
        }

        return Page(best.ToList(), matching, JobCounts.Of(group => counts[(int)group]), now);
    }

    private void Offer(JobChunk chunk, ReadOnlySpan<bool> fits, ReadOnlySpan<JobSortKey> keys, JobBest best)
    {
        var ids = chunk.Column(ChunkColumn.Ids);
        for (var i = 0; i < fits.Length; i++)
        {
            var at = Descending ? fits.Length - 1 - i : i;
            if (fits[at] && new JobPlace(keys[at], ids[at]) is var place && IsBeyondTheLastPage(place) && best.Wants(place))
            {
                best.Take(chunk[at], place);
            }
        }
    }

    private bool IsBeyondTheLastPage(in JobPlace place) =>
        After is not { } after || (Descending ? place.CompareTo(after.Last) < 0 : place.CompareTo(after.Last) > 0);

    private JobListPage Page(List<JobEntry> jobs, int matching, JobCounts counts, double now)
    {
        if (jobs.Count <= Limit)
        {
            return new(jobs, null, matching, counts, now);
        }

        jobs.RemoveRange(Limit, jobs.Count - Limit);
        return new(jobs, new JobCursor(Order, Descending, now, Order.PlaceOf(jobs[^1], now)), matching, counts, now);
    }

    private GroupShare Share(JobGroup group)
    {
        const JobState waiting = JobState.New | JobState.Pending;
        return (Filter.States, Filter.Results) switch
        {
            (0, { Count: 0 }) => GroupShare.All,
            var (states, _) when group == JobGroup.Pending => Part(states & waiting, waiting),
            var (states, _) when group == JobGroup.Running => Part(states & JobState.Running, JobState.Running),
            var (states, results) => states.HasFlag(JobState.Inactive) || results.Any(result => JobGroups.Of(result) == group) ? GroupShare.All : GroupShare.None,
        };
    }

    private static GroupShare Part(JobState wanted, JobState all) => wanted == 0 ? GroupShare.None : wanted == all ? GroupShare.All : GroupShare.Some;

    private enum GroupShare
    {
        None,
        Some,
        All,
    }
}
