using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>The first so many of the jobs that pass by, whatever the order in which they do.</summary>
internal sealed class JobBest(int capacity, bool descending)
{
    // The worst is on top, to make way.
    private readonly PriorityQueue<JobEntry, JobPlace> _kept = new(
        Comparer<JobPlace>.Create(descending ? static (a, b) => a.CompareTo(b) : static (a, b) => b.CompareTo(a)));

    public void Offer(JobEntry entry, JobPlace place)
    {
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(entry, place);
        }
        else if (_kept.TryPeek(out _, out var worst) && (descending ? place.CompareTo(worst) > 0 : place.CompareTo(worst) < 0))
        {
            _kept.DequeueEnqueue(entry, place);
        }
    }

    public List<JobEntry> Take()
    {
        var jobs = new List<JobEntry>(_kept.Count);
        while (_kept.TryDequeue(out var entry, out _))
        {
            jobs.Add(entry);
        }

        jobs.Reverse();
        return jobs;
    }
}
