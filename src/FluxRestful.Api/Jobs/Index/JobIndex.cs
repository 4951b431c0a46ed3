using System.Collections.Immutable;
using System.Security.Cryptography;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Every job of the instance in memory, so that reading costs the broker nothing. <see cref="JobIndexFeed"/> is its only writer but for claims;
/// what it shows while the broker is away is what was last seen, and it says how old that is.
/// </summary>
internal sealed class JobIndex(TimeProvider time, JobEventHub? followers = null) : IDisposable
{
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AwaitedJobs _awaited = new();
    private volatile JobTable _table = new();
    private long _staleSince = time.GetTimestamp();
    private long _version;
    private volatile bool _isLive;

    /// <summary>The first snapshot is complete.</summary>
    public Task Ready => _ready.Task;

    public bool IsLive => _isLive;

    /// <summary>Names this life of the index: versions of jobs, and their ids, say nothing in another.</summary>
    public string Epoch { get; private set; } = NewEpoch();

    /// <summary>How old the answers are; zero while the journal is followed.</summary>
    public TimeSpan Age => _isLive ? TimeSpan.Zero : time.GetElapsedTime(Interlocked.Read(ref _staleSince));

    public JobEntry? Find(JobId id) => _table.Find(id);

    public ulong? FirstWithMark(Guid request)
    {
        lock (_writing)
        {
            return _table.FirstWithMark(request);
        }
    }

    /// <summary>Ended jobs that are not here ended then or before; seconds since 1970.</summary>
    public double Edge => _table.Edge;

    /// <summary>Every ended job, also those that Flux has purged.</summary>
    public IEnumerable<JobEntry> Ended()
    {
        var shelf = _table.Shelf(null);
        return Enumerable.Range((int)JobGroup.Completed, JobGroups.Count - (int)JobGroup.Completed).SelectMany(group => shelf[(JobGroup)group].Read(descending: false));
    }

    /// <summary>How many jobs that Flux knows an owner has; all there are for null.</summary>
    public int Count(int? owner) => _table.Keys(owner).Count;

    /// <summary>An owner's jobs (all jobs for null) by group and id.</summary>
    public JobShelf Shelf(int? owner) => _table.Shelf(owner);

    /// <summary>How many of an owner's jobs have not started, and how many have not ended; each awaited request counts until its job is here.</summary>
    public (int Waiting, int Active) CountActive(int owner)
    {
        lock (_writing)
        {
            // Under the lock: a job that arrives in between would be counted twice, or not at all.
            var coming = _awaited.Coming(owner);
            var (waiting, active) = _table.CountActive(owner);
            return (waiting + coming, active + coming);
        }
    }

    /// <summary>A job with this mark may appear.</summary>
    public void Await(int owner, Guid request)
    {
        lock (_writing)
        {
            _awaited.Add(owner, request, isHere: _table.FirstWithMark(request) is not null);
        }
    }

    /// <summary>The job with this mark is not awaited any more, be it here or not.</summary>
    public void Forget(Guid request)
    {
        lock (_writing)
        {
            _awaited.Remove(request);
        }
    }

    /// <summary>Some of an owner's jobs (of all jobs for null) that Flux knows, in the order of listings.</summary>
    public IEnumerable<JobEntry> List(int? owner, int start = 0, int length = int.MaxValue)
    {
        var table = _table;
        var keys = table.Keys(owner);
        var end = length < keys.Count - start ? start + length : keys.Count;
        if (start == 0 && end == keys.Count)
        {
            return keys.Select(key => table.Find(new JobId(key.Id))).OfType<JobEntry>();
        }

        return Page(table, keys, start, end);
    }

    /// <summary>Puts a new table in place of the old one: a reader sees either.</summary>
    public void Replace(JobTable table)
    {
        lock (_writing)
        {
            _table = table;
            _awaited.Note(request => table.FirstWithMark(request) is not null);
            Epoch = NewEpoch();
            _isLive = true;
            followers?.Reset(new(Epoch, _version));
        }

        _ready.TrySetResult();
    }

    /// <param name="entry">The job.</param>
    /// <param name="events">What happened to it, for those who follow.</param>
    public void Put(JobEntry entry, params IReadOnlyList<JobEvent> events)
    {
        lock (_writing)
        {
            PutAndTell(entry, events);
        }
    }

    /// <summary>What is new of a job; whose it is stays as it is, for a claim may have been settled this moment.</summary>
    public void Update(JobRecord record, params IReadOnlyList<JobEvent> events)
    {
        lock (_writing)
        {
            PutAndTell(_table.Find(record.Id) is { IsPurged: false } known ? known with { Record = record } : new JobEntry(record, null, JobOwner.Nobody), events);
        }
    }

    /// <summary>Flux has purged the job; what is known of it stays.</summary>
    public void MarkPurged(JobId id)
    {
        lock (_writing)
        {
            if (_table.Find(id) is { IsPurged: false } entry)
            {
                PutAndTell(entry with { IsPurged = true }, [Happened("purge")]);
            }
        }
    }

    /// <summary>Forgets the purged jobs that ended before then, and the oldest ones beyond that number.</summary>
    /// <param name="before">Seconds since 1970.</param>
    public void TrimPurged(double before, int most)
    {
        lock (_writing)
        {
            _table.TrimPurged(before, most);
        }
    }

    /// <summary>The job is forgotten, because of this.</summary>
    public void Remove(JobId id, string why = "purge")
    {
        lock (_writing)
        {
            if (_table.Find(id) is { } entry)
            {
                _table.Remove(id);
                NoteMark(entry);
                followers?.Publish(JobNotice.Of(new(Epoch, ++_version), entry, Happened(why)));
            }
        }
    }

    // A job's version is the number of its last event: who has seen that one knows all of it. Followers find in the index what they are told.
    private void PutAndTell(JobEntry entry, IReadOnlyList<JobEvent> events)
    {
        var number = _version;
        _version += Math.Max(1, events.Count);
        entry = entry with { Version = _version };
        _table.Put(entry);
        NoteMark(entry);
        foreach (var happened in events)
        {
            followers?.Publish(JobNotice.Of(new(Epoch, ++number), entry, happened));
        }
    }

    private void NoteMark(JobEntry entry)
    {
        if (entry.Mark is { } mark)
        {
            _awaited.Note(mark.Request, isHere: _table.FirstWithMark(mark.Request) is not null);
        }
    }

    /// <summary>The broker is away.</summary>
    public void MarkStale()
    {
        lock (_writing)
        {
            if (_isLive)
            {
                Interlocked.Exchange(ref _staleSince, time.GetTimestamp());
                _isLive = false;
            }
        }
    }

    /// <summary>Gives a tenant the jobs that carry its name and that no account had yet; almost always there are none and this costs a look-up.</summary>
    public IReadOnlyList<JobEntry> Settle(int tenantId, string tenantName)
    {
        if (!_table.HasClaims(tenantName))
        {
            return [];
        }

        lock (_writing)
        {
            return _table.Settle(tenantId, tenantName);
        }
    }

    public void Dispose() => _ready.TrySetCanceled();

    private JobEvent Happened(string what) => new(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, what, null);

    private static string NewEpoch() => RandomNumberGenerator.GetHexString(8, lowercase: true);

    private static IEnumerable<JobEntry> Page(JobTable table, ImmutableSortedSet<JobKey> keys, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (table.Find(new JobId(keys[i].Id)) is { } entry)
            {
                yield return entry;
            }
        }
    }
}
