namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Jobs by id, which is the order of submission, in chunks: what is added or removed costs a copy of one chunk, what only changes is put in its place.
/// Whoever holds a run may read it without a lock: it neither loses nor gains a job, but shows each as it is now.
/// </summary>
internal sealed class JobRun
{
    private const int Largest = 512;

    private readonly JobEntry[][] _chunks;

    private JobRun(JobEntry[][] chunks, int count) => (_chunks, Count) = (chunks, count);

    public static JobRun Empty { get; } = new([], 0);

    public int Count { get; }

    /// <param name="entries">In the order of their ids.</param>
    public static JobRun Of(IEnumerable<JobEntry> entries)
    {
        var chunks = entries.Chunk(Largest / 2).ToArray();
        return new(chunks, chunks.Sum(chunk => chunk.Length));
    }

    public JobRun With(JobEntry entry)
    {
        if (_chunks.Length == 0)
        {
            return new([[entry]], 1);
        }

        var id = entry.Record.Id.Value;
        var at = ChunkOf(id);
        var chunk = _chunks[at];
        var place = Find(chunk, id);
        if (place >= 0)
        {
            Volatile.Write(ref chunk[place], entry);
            return this;
        }

        JobEntry[] grown = [.. chunk.AsSpan(0, ~place), entry, .. chunk.AsSpan(~place)];
        return new(grown.Length < Largest
            ? [.. _chunks.AsSpan(0, at), grown, .. _chunks.AsSpan(at + 1)]
            : [.. _chunks.AsSpan(0, at), grown[..(Largest / 2)], grown[(Largest / 2)..], .. _chunks.AsSpan(at + 1)], Count + 1);
    }

    public JobRun Without(ulong id)
    {
        if (_chunks.Length == 0)
        {
            return this;
        }

        var at = ChunkOf(id);
        var chunk = _chunks[at];
        var place = Find(chunk, id);
        return place < 0 ? this
            : new(chunk.Length == 1
                ? [.. _chunks.AsSpan(0, at), .. _chunks.AsSpan(at + 1)]
                : [.. _chunks.AsSpan(0, at), [.. chunk.AsSpan(0, place), .. chunk.AsSpan(place + 1)], .. _chunks.AsSpan(at + 1)], Count - 1);
    }

    /// <summary>All jobs upwards or downwards, or those beyond <paramref name="after"/>.</summary>
    public IEnumerable<JobEntry> Read(bool descending, ulong? after = null) => descending ? Down(after) : Up(after);

    /// <summary>All jobs upwards or downwards, for those who look at each of a hundred thousand.</summary>
    public void Visit(bool descending, Action<JobEntry> visit)
    {
        for (var at = 0; at < _chunks.Length; at++)
        {
            var chunk = _chunks[descending ? ^(at + 1) : at];
            for (var place = 0; place < chunk.Length; place++)
            {
                visit(chunk[descending ? ^(place + 1) : place]);
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
            place = Find(_chunks[at], id) is >= 0 and var found ? found + 1 : ~Find(_chunks[at], id);
        }

        for (; at < _chunks.Length; at++, place = 0)
        {
            for (var chunk = _chunks[at]; place < chunk.Length; place++)
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
            place = Find(_chunks[at], id) is >= 0 and var found ? found - 1 : ~Find(_chunks[at], id) - 1;
        }

        for (; at >= 0; at--, place = int.MaxValue)
        {
            var chunk = _chunks[at];
            for (place = Math.Min(place, chunk.Length - 1); place >= 0; place--)
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
            (low, high) = _chunks[middle][0].Record.Id.Value <= id ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    // As Array.BinarySearch: the complement of where it would be.
    private static int Find(JobEntry[] chunk, ulong id)
    {
        int low = 0, high = chunk.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (chunk[middle].Record.Id.Value.CompareTo(id))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return ~low;
    }
}
