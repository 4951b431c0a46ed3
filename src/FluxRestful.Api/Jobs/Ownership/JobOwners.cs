using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>Decides whose the jobs are that the journal shows, from their marks, the submits under way and the ledger.</summary>
internal sealed class JobOwners(SubmissionLedger ledger, SubmissionsUnderWay underWay)
{
    /// <summary>Of a whole backlog, which comes in no order: in the order of ids, because of two jobs with one mark the later is the copy.</summary>
    public async Task<IReadOnlyCollection<JobEntry>> DecideAsync(IEnumerable<(JobRecord Record, JobMark? Mark)> jobs, CancellationToken cancellationToken)
    {
        var inOrder = jobs.OrderBy(job => job.Record.Id).ToList();
        var rows = await ledger.FindAsync(inOrder.Select(job => job.Mark).OfType<JobMark>().Select(mark => mark.Request), cancellationToken);
        var firsts = new Dictionary<Guid, ulong>();
        var decided = new List<JobEntry>(inOrder.Count);
        foreach (var (record, mark) in inOrder)
        {
            if (mark is not { } known)
            {
                decided.Add(new JobEntry(record, null, JobOwner.Nobody));
                continue;
            }

            firsts.TryAdd(known.Request, record.Id.Value);
            decided.Add(Decide(record, known, firsts[known.Request], rows.GetValueOrDefault(known.Request)));
        }

        return decided;
    }

    /// <summary>Of a job that has just appeared.</summary>
    /// <param name="record">The job.</param>
    /// <param name="mark">Its valid mark.</param>
    /// <param name="first">The job that the index already has with this mark.</param>
    public async Task<JobEntry> DecideAsync(JobRecord record, JobMark mark, ulong? first, CancellationToken cancellationToken)
    {
        var row = underWay.Find(mark.Request) is { } submission
            ? new SubmissionRow(submission.TenantId, null)
            : (await ledger.FindAsync([mark.Request], cancellationToken)).GetValueOrDefault(mark.Request);
        return Decide(record, mark, first ?? record.Id.Value, row);
    }

    private JobEntry Decide(JobRecord record, JobMark mark, ulong first, SubmissionRow? row)
    {
        var id = record.Id.Value;
        var owner = JobOwner.Decide(id, first, mark.Tenant, row);
        if (owner.IsKnown && row?.JobId is null)
        {
            ledger.Complete(mark.Request, id);
        }

        return new JobEntry(record, mark, owner);
    }
}
