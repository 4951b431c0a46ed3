using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>A backlog while it comes in, and the purges that were heard of meanwhile: they may be of jobs that the backlog still holds.</summary>
internal sealed class JobSnapshot(JobMarks marks)
{
    private readonly Dictionary<ulong, (JobRecord Record, JobMark? Mark)> _jobs = [];
    private readonly List<JobId> _purged = [];
    private readonly Lock _gate = new();

    public bool IsComplete { get; private set; }

    public IEnumerable<(JobRecord Record, JobMark? Mark)> Jobs => _jobs.Values;

    public void Take(JournalEntry entry)
    {
        var id = entry.JobId.Value;
        var before = _jobs.GetValueOrDefault(id);
        if (JobReducer.Apply(before.Record, entry) is { } record)
        {
            _jobs[id] = (record, entry.Jobspec is { } jobspec ? marks.Verify(jobspec) : before.Mark);
        }
        else
        {
            _jobs.Remove(id);
        }
    }

    /// <summary>False once the snapshot is complete: the index is then the one to tell.</summary>
    public bool TryNotePurge(JobId id)
    {
        lock (_gate)
        {
            if (!IsComplete)
            {
                _purged.Add(id);
            }

            return !IsComplete;
        }
    }

    /// <summary>Ends the snapshot; answers what was purged while it was taken.</summary>
    public List<JobId> Complete()
    {
        lock (_gate)
        {
            IsComplete = true;
            _jobs.Clear();
            return _purged;
        }
    }
}
