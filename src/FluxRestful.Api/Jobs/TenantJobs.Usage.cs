using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Usage;

namespace FluxRestful.Api.Jobs;

/// <content>What the jobs add up to.</content>
internal sealed partial class TenantJobs
{
    /// <summary>What the jobs of each owner add up to whose jobs this tenant may see, by the owner's name; itself always, and nobody's jobs as null.</summary>
    /// <param name="from">Seconds since 1970.</param>
    /// <param name="until">Seconds since 1970.</param>
    /// <param name="cancellationToken">Ends the waiting for the index.</param>
    public async Task<IReadOnlyList<(string? Owner, TenantWork Work)>> MeasureAsync(double from, double until, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        var mine = new TenantWork(from, until);
        var others = new Dictionary<string, TenantWork>(StringComparer.Ordinal);
        var nobodys = new TenantWork(from, until);
        var edge = index.Edge;
        var shelf = index.Shelf(Owner);
        for (var group = JobGroup.Pending; group <= JobGroup.Timeout; group++)
        {
            shelf[group].Visit(descending: true, entry => WorkOf(entry).Add(entry.Record));
        }

        await foreach (var entry in past.BeyondIndexAsync(from, edge, Owner, cancellationToken))
        {
            WorkOf(entry).Add(entry.Record);
        }

        List<(string?, TenantWork)> all = [(tenant.Name, mine), .. others.Select(other => ((string?)other.Key, other.Value))];
        return nobodys.FirstSubmit is null ? all : [.. all, (null, nobodys)];

        TenantWork WorkOf(JobEntry entry)
        {
            if (entry.Owner.IsKnown && entry.Owner.TenantId == tenant.Id)
            {
                return mine;
            }

            if (entry.OwnerName is not { } name)
            {
                return nobodys;
            }

            if (!others.TryGetValue(name, out var work))
            {
                others[name] = work = new TenantWork(from, until);
            }

            return work;
        }
    }

    /// <summary>Whether others' use is shown too.</summary>
    public bool MeasuresEverybody => tenant.May(Permission.JobsReadAll);
}
