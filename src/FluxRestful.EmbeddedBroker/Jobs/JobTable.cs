using FluxRestful.Core.Jobs;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>Every job that is remembered, and the order in which the inactive ones ended.</summary>
internal sealed class JobTable
{
    private readonly Dictionary<JobId, Job> _jobs = [];
    private readonly LinkedList<Job> _inactive = new();
    private readonly Dictionary<JobId, LinkedListNode<Job>> _inactivePlaces = [];

    public int Count => _jobs.Count;

    public int InactiveCount => _inactive.Count;

    public int ActiveCount => _jobs.Count - _inactive.Count;

    /// <summary>How many were purged since the start.</summary>
    public int Purged { get; private set; }

    public long InactiveBytes { get; private set; }

    public long MaxId { get; private set; }

    public IEnumerable<Job> All => _jobs.Values;

    public IEnumerable<Job> Active => _jobs.Values.Where(job => !job.IsInactive);

    public Job? OldestInactive => _inactive.First?.Value;

    /// <summary>Latest first.</summary>
    public IEnumerable<Job> Inactive
    {
        get
        {
            for (var node = _inactive.Last; node is not null; node = node.Previous)
            {
                yield return node.Value;
            }
        }
    }

    public IEnumerable<Job> OldestFirst => _inactive;

    public Job? Find(JobId id) => _jobs.GetValueOrDefault(id);

    public void Add(Job job)
    {
        _jobs.Add(job.Id, job);
        MaxId = Math.Max(MaxId, job.Id.WireValue);
    }

    public void BecameInactive(Job job)
    {
        _inactivePlaces[job.Id] = _inactive.AddLast(job);
        InactiveBytes += job.Bytes;
    }

    /// <summary>Forgets a job that was refused after all.</summary>
    public void Forget(Job job)
    {
        job.IsForgotten = true;
        _jobs.Remove(job.Id);
    }

    public void Purge(Job job)
    {
        if (_inactivePlaces.Remove(job.Id, out var place))
        {
            _inactive.Remove(place);
            InactiveBytes -= job.Bytes;
            Purged++;
        }

        Forget(job);
    }
}
