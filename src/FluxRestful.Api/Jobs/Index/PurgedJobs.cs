using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>Which jobs of a table Flux has purged, by their end; and up to which end there may be others that are only in the database. The table's one writer comes here.</summary>
internal sealed class PurgedJobs(double edge)
{
    private readonly SortedSet<JobKey> _keys = [];

    private double _edge = edge;

    public int Count => _keys.Count;

    /// <summary>Seconds since 1970.</summary>
    public double Edge => Volatile.Read(ref _edge);

    public (JobId Id, double Ended)? Oldest => _keys.Count == 0 ? null : (new JobId(_keys.Max.Id), -_keys.Max.Rank);

    /// <summary>What became of a job: null is none.</summary>
    public void Replace(JobEntry? before, JobEntry? after)
    {
        if (before is { IsPurged: true })
        {
            _keys.Remove(JobKey.Of(before.Record));
            if (after is not null)
            {
                NoteMissing(before, after);
            }
        }

        if (after is { IsPurged: true })
        {
            _keys.Add(JobKey.Of(after.Record));
        }
    }

    /// <summary>A job that is not in the table; unless the one of its id that is there is the same.</summary>
    public void NoteMissing(JobEntry missing, JobEntry? there)
    {
        if (there is null || !IsSame(missing.Record, there.Record))
        {
            LeaveOut(missing.Record.TInactive ?? 0);
        }
    }

    public void LeaveOut(double ended) => Volatile.Write(ref _edge, Math.Max(_edge, ended));

    /// <summary>A broker that was started afresh hands out the same ids again.</summary>
    internal static bool IsSame(JobRecord one, JobRecord other) => one.Id == other.Id && one.TSubmit == other.TSubmit;
}
