using System.Collections.Concurrent;
using System.Collections.Immutable;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// All jobs of one life of the journal, by id and, for everybody and for each owner, in the order of listings. One writer at a time (the index
/// sees to that); readers need no lock: the ordered sets are immutable and are replaced in O(log n).
/// </summary>
internal sealed class JobTable
{
    private readonly ConcurrentDictionary<ulong, JobEntry> _jobs = new();
    private readonly ConcurrentDictionary<int, ImmutableSortedSet<JobKey>> _owned = new();
    private readonly ConcurrentDictionary<string, ImmutableList<ulong>> _claims = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, ulong> _firstWithMark = [];

    private readonly ConcurrentDictionary<int, JobShelf> _shelves = new();

    private volatile ImmutableSortedSet<JobKey> _all = [];
    private volatile JobShelf _shelf = JobShelf.Empty;

    public JobTable()
    {
    }

    /// <summary>Builds the table of a backlog at once.</summary>
    public JobTable(IReadOnlyCollection<JobEntry> entries)
    {
        foreach (var entry in entries)
        {
            _jobs[entry.Record.Id.Value] = entry;
            NoteMark(entry);
            NoteClaim(entry);
        }

        _all = [.. entries.Select(entry => JobKey.Of(entry.Record))];
        foreach (var owned in entries.Where(entry => entry.Owner.IsKnown).GroupBy(entry => entry.Owner.TenantId))
        {
            _owned[owned.Key] = [.. owned.Select(entry => JobKey.Of(entry.Record))];
            _shelves[owned.Key] = JobShelf.Of(owned.OrderBy(entry => entry.Record.Id));
        }

        _shelf = JobShelf.Of(entries.OrderBy(entry => entry.Record.Id));
    }

    public JobEntry? Find(JobId id) => _jobs.GetValueOrDefault(id.Value);

    /// <summary>The keys of an owner's jobs, or of all jobs for null, as they are now.</summary>
    public ImmutableSortedSet<JobKey> Keys(int? owner) => owner is { } id ? _owned.GetValueOrDefault(id, []) : _all;

    /// <summary>An owner's jobs, or all jobs for null, by group and id.</summary>
    public JobShelf Shelf(int? owner) => owner is { } id ? _shelves.GetValueOrDefault(id, JobShelf.Empty) : _shelf;

    /// <summary>How many of an owner's jobs have not started, and how many have not ended: the keys are in that order.</summary>
    public (int Waiting, int Active) CountActive(int owner)
    {
        var keys = Keys(owner);
        return (FirstOfGroup(keys, 1), FirstOfGroup(keys, 2));
    }

    /// <summary>The job that was first seen with this mark.</summary>
    public ulong? FirstWithMark(Guid request) => _firstWithMark.TryGetValue(request, out var id) ? id : null;

    public bool HasClaims(string tenantName) => _claims.ContainsKey(tenantName);

    public void Put(JobEntry entry)
    {
        var id = entry.Record.Id.Value;
        var before = _jobs.GetValueOrDefault(id);
        _jobs[id] = entry;
        NoteMark(entry);
        if (before is null)
        {
            NoteClaim(entry);
        }

        var key = JobKey.Of(entry.Record);
        var oldKey = before is null ? (JobKey?)null : JobKey.Of(before.Record);
        if (key != oldKey)
        {
            _all = Replace(_all, oldKey, key);
        }

        Shelve(entry, before);
        if (before is not null && before.Owner.IsKnown && before.Owner.TenantId != entry.Owner.TenantId)
        {
            _owned[before.Owner.TenantId] = Keys(before.Owner.TenantId).Remove(oldKey!.Value);
            oldKey = null;
        }

        if (entry.Owner.IsKnown && (key != oldKey || before?.Owner.TenantId != entry.Owner.TenantId))
        {
            _owned[entry.Owner.TenantId] = Replace(Keys(entry.Owner.TenantId), oldKey, key);
        }
    }

    public void Remove(JobId id)
    {
        if (!_jobs.TryRemove(id.Value, out var entry))
        {
            return;
        }

        var key = JobKey.Of(entry.Record);
        _all = _all.Remove(key);
        _shelf = _shelf.Without(entry.Record);
        if (entry.Owner.IsKnown)
        {
            _shelves[entry.Owner.TenantId] = Shelf(entry.Owner.TenantId).Without(entry.Record);
            _owned[entry.Owner.TenantId] = Keys(entry.Owner.TenantId).Remove(key);
        }

        if (entry.Mark is { } mark && _firstWithMark.GetValueOrDefault(mark.Request) == id.Value)
        {
            _firstWithMark.Remove(mark.Request);
        }
    }

    /// <summary>Gives a tenant the jobs that were claimed in its name; answers them.</summary>
    public List<JobEntry> Settle(int tenantId, string tenantName)
    {
        var settled = new List<JobEntry>();
        if (_claims.TryRemove(tenantName, out var ids))
        {
            foreach (var entry in ids.Select(id => Find(new JobId(id))).OfType<JobEntry>().Where(entry => entry.Owner.ClaimedBy == tenantName))
            {
                settled.Add(entry with { Owner = JobOwner.Tenant(tenantId) });
                Put(settled[^1]);
            }
        }

        return settled;
    }

    private void Shelve(JobEntry entry, JobEntry? before)
    {
        _shelf = _shelf.With(entry, before?.Record);
        var (owner, old) = (entry.Owner.TenantId, before?.Owner.TenantId ?? 0);
        if (old != 0 && old != owner)
        {
            _shelves[old] = Shelf(old).Without(before!.Record);
        }

        if (owner != 0)
        {
            _shelves[owner] = Shelf(owner).With(entry, old == owner ? before!.Record : null);
        }
    }

    private static int FirstOfGroup(ImmutableSortedSet<JobKey> keys, int group)
    {
        var (low, high) = (0, keys.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = keys[middle].Group < group ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static ImmutableSortedSet<JobKey> Replace(ImmutableSortedSet<JobKey> keys, JobKey? before, JobKey after) =>
        (before is { } key ? keys.Remove(key) : keys).Add(after);

    private void NoteMark(JobEntry entry)
    {
        if (entry.Mark is { } mark)
        {
            _firstWithMark.TryAdd(mark.Request, entry.Record.Id.Value);
        }
    }

    private void NoteClaim(JobEntry entry)
    {
        if (entry.Owner.ClaimedBy is { } name)
        {
            _claims.AddOrUpdate(name, [entry.Record.Id.Value], (_, ids) => ids.Add(entry.Record.Id.Value));
        }
    }
}
