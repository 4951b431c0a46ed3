using System.Collections.Concurrent;
using System.Collections.Immutable;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// All jobs of one life of the journal, by id and, for everybody and for each owner, in the order of listings. One writer at a time (the index
/// sees to that); readers need no lock: the ordered sets are immutable and are replaced in O(log n). Jobs that Flux has purged are on the shelves,
/// but not among the keys: those are of jobs that Flux knows.
/// </summary>
internal sealed class JobTable
{
    private readonly ConcurrentDictionary<ulong, JobEntry> _jobs = new();
    private readonly ConcurrentDictionary<int, ImmutableSortedSet<JobKey>> _owned = new();
    private readonly ConcurrentDictionary<string, ImmutableList<ulong>> _claims = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, ulong> _firstWithMark = [];

    private readonly ConcurrentDictionary<int, JobShelf> _shelves = new();

    private readonly PurgedJobs _purged;

    private volatile ImmutableSortedSet<JobKey> _all = [];
    private volatile JobShelf _shelf = JobShelf.Empty;

    public JobTable()
        : this([])
    {
    }

    /// <summary>Builds the table of a backlog at once.</summary>
    /// <param name="entries">What the broker has.</param>
    /// <param name="past">What was known before; of it, what the broker does not have any more is taken in as purged.</param>
    public JobTable(IReadOnlyCollection<JobEntry> entries, EarlierJobs? past = null)
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
        }

        _purged = new PurgedJobs(past?.Edge ?? double.NegativeInfinity);
        TakeIn(past ?? EarlierJobs.None);
        foreach (var owned in _jobs.Values.Where(entry => entry.Owner.IsKnown).GroupBy(entry => entry.Owner.TenantId))
        {
            _shelves[owned.Key] = JobShelf.Of(owned.OrderBy(entry => entry.Record.Id));
        }

        _shelf = JobShelf.Of(_jobs.Values.OrderBy(entry => entry.Record.Id));
    }

    /// <summary>Whoever ended then or before may have been left out; seconds since 1970.</summary>
    public double Edge => _purged.Edge;

    public int PurgedCount => _purged.Count;

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
        if (before is not { IsPurged: false })
        {
            NoteClaim(entry);
        }

        var (key, oldKey) = (KeyOf(entry), before is null ? null : KeyOf(before));
        if (key != oldKey)
        {
            _all = Replace(_all, oldKey, key);
        }

        Shelve(entry, before);
        if (oldKey is { } left && before!.Owner.IsKnown && before.Owner.TenantId != entry.Owner.TenantId)
        {
            _owned[before.Owner.TenantId] = Keys(before.Owner.TenantId).Remove(left);
            oldKey = null;
        }

        if (entry.Owner.IsKnown && (key != oldKey || before?.Owner.TenantId != entry.Owner.TenantId))
        {
            _owned[entry.Owner.TenantId] = Replace(Keys(entry.Owner.TenantId), oldKey, key);
        }

        _purged.Replace(before, entry);
    }

    /// <summary>Takes away the purged jobs that ended before then, and the oldest ones beyond that number.</summary>
    /// <param name="before">Seconds since 1970.</param>
    public void TrimPurged(double before, int most)
    {
        while (_purged.Oldest is { } oldest && (oldest.Ended < before || _purged.Count > most))
        {
            if (oldest.Ended >= before)
            {
                _purged.LeaveOut(oldest.Ended);
            }

            Remove(oldest.Id);
        }
    }

    public void Remove(JobId id)
    {
        if (!_jobs.TryRemove(id.Value, out var entry))
        {
            return;
        }

        var key = JobKey.Of(entry.Record);
        _purged.Replace(entry, null);
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

    private void TakeIn(EarlierJobs past)
    {
        foreach (var earlier in past.NewestFirst)
        {
            if (_purged.Count >= past.Most || !_jobs.TryAdd(earlier.Record.Id.Value, earlier with { IsPurged = true }))
            {
                _purged.NoteMissing(earlier, _jobs.GetValueOrDefault(earlier.Record.Id.Value));
                continue;
            }

            _purged.Replace(null, earlier with { IsPurged = true });
            NoteMark(earlier);
            NoteClaim(earlier);
        }
    }

    private static JobKey? KeyOf(JobEntry entry) => entry.IsPurged ? null : JobKey.Of(entry.Record);

    private static ImmutableSortedSet<JobKey> Replace(ImmutableSortedSet<JobKey> keys, JobKey? before, JobKey? after)
    {
        keys = before is { } old ? keys.Remove(old) : keys;
        return after is { } key ? keys.Add(key) : keys;
    }

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
