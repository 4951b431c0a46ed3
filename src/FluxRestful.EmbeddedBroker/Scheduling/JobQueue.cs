using FluxRestful.EmbeddedBroker.Jobs;

namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary>The anonymous queue: jobs in order of priority, then age. The first one that does not fit stops those behind it.</summary>
internal sealed class JobQueue(Node node)
{
    private readonly SortedSet<Job> _waiting = new(Comparer<Job>.Create(Compare));
    private readonly Queue<Job> _unchecked = new();

    public bool IsEnabled { get; set; } = true;

    public bool IsStarted { get; set; } = true;

    public string? DisableReason { get; set; }

    public string? StopReason { get; set; }

    public int Count => _waiting.Count;

    /// <summary>Puts a job in, or to another place. One of priority 0 is held and has no place.</summary>
    public void Put(Job job)
    {
        Remove(job);
        if (job.Record?.Priority is { } priority && priority > 0)
        {
            job.QueuePriority = priority;
            _waiting.Add(job);
            _unchecked.Enqueue(job);
        }
    }

    public void Remove(Job job) => _waiting.Remove(job);

    /// <summary>The next job that can never run, with the reason.</summary>
    public (Job Job, string Why)? NextImpossible()
    {
        while (IsStarted && _unchecked.TryDequeue(out var job))
        {
            if (_waiting.Contains(job) && node.WhyNever(job.Jobspec) is { } why)
            {
                return (job, why);
            }
        }

        return null;
    }

    /// <summary>The next job that can run now, taken out of the queue with its cores.</summary>
    public (Job Job, Allocation Allocation)? NextToRun()
    {
        if (IsStarted && _waiting.Min is { } first && node.TryAllocate(first.Jobspec.Request) is { } allocation)
        {
            _waiting.Remove(first);
            return (first, allocation);
        }

        return null;
    }

    private static int Compare(Job? left, Job? right) =>
        right!.QueuePriority.CompareTo(left!.QueuePriority) is var order && order != 0 ? order : left.Id.CompareTo(right.Id);
}
