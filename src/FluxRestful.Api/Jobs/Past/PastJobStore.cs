using System.Runtime.CompilerServices;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Storage;
using FluxRestful.Api.Storage.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Jobs.Past;

/// <summary>The records of ended jobs in the database. All times are seconds since 1970.</summary>
internal sealed class PastJobStore(IDbContextFactory<FluxDb> databases)
{
    /// <summary>The last jobs that ended, but for those that are known; and up to which end there are others.</summary>
    internal async Task<EarlierJobs> LoadAsync(double since, int most, Func<JobId, double, bool> isKnown, CancellationToken cancellationToken)
    {
        var jobs = new List<JobEntry>();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await foreach (var row in db.EndedJobs.AsNoTracking().Where(row => row.Ended >= since).OrderByDescending(row => row.Ended)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (isKnown(JobId.FromWire(row.JobId), row.Submitted))
            {
                continue;
            }

            if (jobs.Count == most)
            {
                return new EarlierJobs(jobs, most, row.Ended);
            }

            jobs.Add(PastJobRow.Read(row));
        }

        return new EarlierJobs(jobs, most);
    }

    /// <summary>The last job that had this id; null: none is kept.</summary>
    internal async Task<JobEntry?> FindAsync(JobId id, double since, CancellationToken cancellationToken)
    {
        var wire = id.WireValue;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.EndedJobs.AsNoTracking().Where(row => row.JobId == wire && row.Ended >= since).OrderByDescending(row => row.Submitted)
            .FirstOrDefaultAsync(cancellationToken) is { } row ? PastJobRow.Read(row) : null;
    }

    /// <summary>Of the jobs that ended in between, whose they were, what they had, and how they ended; nothing else.</summary>
    internal async IAsyncEnumerable<JobEntry> ReadAsync(double since, double until, int? owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = db.EndedJobs.AsNoTracking().Where(row => row.Ended >= since && row.Ended <= until && (owner == null || row.TenantId == owner))
            .Select(row => new { row.JobId, row.Submitted, row.RunAt, row.Ended, row.Cores, row.Gpus, row.Queue, row.Result, row.TenantId, row.Owner });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var job = new JobRecord
            {
                Id = JobId.FromWire(row.JobId),
                State = JobState.Inactive,
                TSubmit = row.Submitted,
                TRun = row.RunAt,
                TInactive = row.Ended,
                NCores = row.Cores,
                NGpus = row.Gpus,
                Queue = Strings.Share(row.Queue),
                Result = (JobResult)row.Result,
            };
            var owned = PastJobRow.OwnerOf(row.TenantId, Strings.Share(row.Owner));
            yield return new JobEntry(job, row.Owner is null ? null : new(Strings.Share(row.Owner), default), owned, IsPurged: true);
        }
    }

    /// <summary>Writes in one commit what is not there yet; whose a job is may have been settled meanwhile.</summary>
    internal async Task<int> WriteAsync(IReadOnlyCollection<JobEntry> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(job => job.Record.Id.WireValue).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var known = await db.EndedJobs.Where(row => ids.Contains(row.JobId)).Select(row => new { row.JobId, row.Submitted, row.TenantId }).ToListAsync(cancellationToken);
        var owners = known.ToDictionary(row => (row.JobId, row.Submitted), row => row.TenantId);
        var missing = new List<EndedJob>();
        foreach (var job in jobs.DistinctBy(job => (job.Record.Id, job.Record.TSubmit)))
        {
            if (!owners.TryGetValue((job.Record.Id.WireValue, job.Record.TSubmit ?? 0), out var owner))
            {
                missing.Add(PastJobRow.Of(job));
            }
            else if (job.Owner.IsKnown && job.Owner.TenantId != owner)
            {
                db.Attach(PastJobRow.Of(job)).Property(row => row.TenantId).IsModified = true;
            }
        }

        await EndedJobStatement.InsertAsync(db, missing, cancellationToken);
        return missing.Count + await db.SaveChangesAsync(cancellationToken);
    }

    internal async Task<int> TrimAsync(double before, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.EndedJobs.Where(row => row.Ended < before).ExecuteDeleteAsync(cancellationToken);
    }
}
