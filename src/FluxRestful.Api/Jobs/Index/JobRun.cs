namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Jobs by id, which is the order of submission, in chunks: what is added or removed costs a copy of one chunk, what only changes is put in its place.
/// Whoever holds a run may read it without a lock: it neither loses nor gains a job, but shows each as it is now.
/// </summary>
internal sealed class JobRun
{
    private readonly JobChunk[] _chunks;

    private JobRun(JobChunk[] chunks, int count) => (_chunks, Count) = (chunks, count);

    public static JobRun Empty { get; } = new([], 0);

    public int Count { get; }

    /// <param name="entries">In the order of their ids.</param>
    public static JobRun Of(IEnumerable<JobEntry> entries)
    {
        var chunks = entries.Chunk(JobChunk.Most / 2).Select(chunk => new JobChunk(chunk)).ToArray();
        return new(chunks, chunks.Sum(chunk => chunk.Count));
    }

    public JobRun With(JobEntry entry)
    {
        if (_chunks.Length == 0)
        {
            return new([new JobChunk([entry])], 1);
        }

        var at = ChunkOf(entry.Record.Id.Value);
        var place = _chunks[at].Find(entry.Record.Id.Value);
        if (place >= 0)
        {
            _chunks[at].Replace(place, entry);
            return this;
        }

        return new([.. _chunks.AsSpan(0, at), .. _chunks[at].With(~place, entry), .. _chunks.AsSpan(at + 1)], Count + 1);
    }

    public JobRun Without(ulong id)
    {
        if (_chunks.Length == 0)
        {
            return this;
        }

        var at = ChunkOf(id);
        var place = _chunks[at].Find(id);
        return place < 0 ? this : new([.. _chunks.AsSpan(0, at), .. _chunks[at].Without(place), .. _chunks.AsSpan(at + 1)], Count - 1);
    }

    /// <summary>All chunks upwards or downwards, for those who look at each of a hundred thousand jobs.</summary>
    public IEnumerable<JobChunk> Chunks(bool descending) => descending ? _chunks.Reverse() : _chunks;

    /// <summary>All jobs upwards or downwards, or those beyond <paramref name="after"/>.</summary>
    public IEnumerable<JobEntry> Read(bool descending, ulong? after = null) => descending ? Down(after) : Up(after);

    /// <summary>All jobs upwards or downwards, faster.</summary>
    public void Visit(bool descending, Action<JobEntry> visit)
    {
        foreach (var chunk in Chunks(descending))
        {
            for (var place = 0; place < chunk.Count; place++)
            {
                visit(chunk[descending ? chunk.Count - 1 - place : place]);
            }
        }
    }

    private IEnumerable<JobEntry> Up(ulong? after)
    {
        var at = 0;
        var place = 0;
        if (after is { } id && _chunks.Length > 0)
        {
            at = ChunkOf(id);
            place = _chunks[at].Find(id) is var found && found >= 0 ? found + 1 : ~found;
        }

        for (; at < _chunks.Length; at++, place = 0)
        {
            for (var chunk = _chunks[at]; place < chunk.Count; place++)
            {
                yield return chunk[place];
            }
        }
    }

    private IEnumerable<JobEntry> Down(ulong? after)
    {
        var at = _chunks.Length - 1;
        var place = int.MaxValue;
        if (after is { } id && at >= 0)
        {
            at = ChunkOf(id);
            place = _chunks[at].Find(id) is var found && found >= 0 ? found - 1 : ~found - 1;
        }

        for (; at >= 0; at--, place = int.MaxValue)
        {
            var chunk = _chunks[at];
            for (place = Math.Min(place, chunk.Count - 1); place >= 0; place--)
            {
                yield return chunk[place];
            }
        }
    }

    // The last chunk that does not begin beyond the id.
    private int ChunkOf(ulong id)
    {
        int low = 0, high = _chunks.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _chunks[middle].First <= id ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
