using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Usage;

/// <summary>What the jobs of one owner add up to within a span of time.</summary>
internal sealed class TenantWork(double from, double until)
{
    private readonly int[] _ended = new int[JobGroups.Count];

    public double CoreSeconds { get; private set; }

    public double GpuSeconds { get; private set; }

    public int Active { get; private set; }

    public double? FirstSubmit { get; private set; }

    public int Ended => _ended.Sum();

    /// <summary>How many ended so.</summary>
    public int this[JobGroup group] => _ended[(int)group];

    public double FailureShare => Ended - this[JobGroup.Canceled] is > 0 and var judged ? (this[JobGroup.Failed] + this[JobGroup.Timeout]) / (double)judged : 0;

    public void Add(JobRecord job)
    {
        var group = JobGroups.Of(job);
        // It has its cores until they are given back, also after it has finished.
        var seconds = job.TRun is { } start ? Math.Min(job.TInactive ?? until, until) - Math.Max(start, from) : 0;
        if (group <= JobGroup.Running)
        {
            Active++;
        }
        else if (job.TInactive >= from)
        {
            _ended[(int)group]++;
        }
        else
        {
            return;
        }

        FirstSubmit = Math.Min(FirstSubmit ?? double.MaxValue, job.TSubmit ?? double.MaxValue);
        if (seconds > 0)
        {
            CoreSeconds += seconds * (job.NCores ?? 0);
            GpuSeconds += seconds * (job.NGpus ?? 0);
        }
    }
}
