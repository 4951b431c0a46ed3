using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing;

/// <summary>The first so many of the jobs that pass by, whatever the order in which they do.</summary>
internal sealed class JobBest(int capacity, bool descending)
{
    // The worst is on top, to make way.
    private readonly PriorityQueue<JobEntry, JobPlace> _kept = new(
        Comparer<JobPlace>.Create(descending ? static (a, b) => a.CompareTo(b) : static (a, b) => b.CompareTo(a)));

    private JobPlace _worst;

    /// <summary>Whether a job of this place belongs to them, as far as is known now.</summary>
    public bool Wants(in JobPlace place) =>
        _kept.Count < capacity || (descending ? place.CompareTo(_worst) > 0 : place.CompareTo(_worst) < 0);

    public void Take(JobEntry entry, JobPlace place)
    {
        if (_kept.Count < capacity)
        {
            _kept.Enqueue(entry, place);
        }
        else
        {
            _kept.DequeueEnqueue(entry, place);
        }

        _kept.TryPeek(out _, out _worst);
    }

    public List<JobEntry> ToList()
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
