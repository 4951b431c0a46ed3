using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs;

/// <content>What is answered from the index.</content>
internal sealed partial class TenantJobs
{
    /// <summary>Names this life of the index; with <see cref="JobEntry.Version"/> it tells whether a job has changed.</summary>
    public string Epoch => index.Epoch;

    /// <summary>The job with all that the index knows, or null if there is none of that id among this tenant's.</summary>
    public async Task<JobEntry?> FindEntryAsync(JobId id, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        var found = index.Find(id);
        if (found is not null && MaySee(found))
        {
            return found;
        }

        // Looked for also where somebody else's is found, so that time tells nothing.
        if (await past.FindAsync(id, cancellationToken) is { } old && found is null && MaySee(old))
        {
            return old;
        }

        await NoteUnseenAsync(id, found, cancellationToken);
        return null;
    }

    private ValueTask NoteUnseenAsync(JobId id, JobEntry? found, CancellationToken cancellationToken) =>
        unseen.NoteAsync(id.ToString(), found is null ? "no such job" : "somebody else's job", cancellationToken);

    /// <summary>A page of the jobs that this tenant may see; whose they are comes before every other filter.</summary>
    public async Task<JobListPage> ListAsync(JobListQuery query, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return query.Run(await ShelfAsync(query.Filter, cancellationToken), Now);
    }

    /// <summary>What there is to see, from afar; to be compared with an earlier look.</summary>
    public JobSight Look()
    {
        var shelf = index.Shelf(Owner);
        return new JobSight(shelf, JobCounts.Of(group => shelf[group].Count), index.IsLive);
    }

    private double Now => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private bool MaySee(JobEntry entry) => tenant.May(Permission.JobsReadAll) || entry.Owner.TenantId == tenant.Id;

    private async ValueTask<JobShelf> ShelfAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var owner = filter.Mine ? tenant.Id : Owner;
        if (filter.Owner is { } name && name != tenant.Name)
        {
            // Who may not see others finds nothing of theirs, whether there is such a tenant or not.
            return owner is null && await tenants.FindAsync(name, cancellationToken) is { } other ? index.Shelf(other.Id) : JobShelf.Empty;
        }

        return index.Shelf(filter.Owner is null ? owner : tenant.Id);
    }
}
