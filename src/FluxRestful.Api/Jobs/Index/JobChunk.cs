namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Some jobs in the order of their ids. It neither gains nor loses one; what changes is put in its place, by one writer at a time. Readers need no lock.
/// </summary>
internal sealed class JobChunk(JobEntry[] entries)
{
    /// <summary>One with so many is split.</summary>
    public const int Most = 512;

    private int _changes;
    private volatile Known? _known;

    public int Count => entries.Length;

    public ulong First => entries[0].Record.Id.Value;

    public JobEntry this[int place] => entries[place];

    /// <summary>Where the job is; the complement of where it would be, as Array.BinarySearch.</summary>
    public int Find(ulong id)
    {
        int low = 0, high = entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (entries[middle].Record.Id.Value.CompareTo(id))
            {
                case 0: return middle;
                case < 0: low = middle + 1; break;
                default: high = middle - 1; break;
            }
        }

        return ~low;
    }

    public void Replace(int place, JobEntry entry)
    {
        Volatile.Write(ref entries[place], entry);

        // After the job itself: a column that was made meanwhile counts as old even if it has it.
        Volatile.Write(ref _changes, _changes + 1);
    }

    /// <summary>The chunk with one more, or the two that it becomes.</summary>
    public JobChunk[] With(int place, JobEntry entry)
    {
        JobEntry[] grown = [.. entries.AsSpan(0, place), entry, .. entries.AsSpan(place)];
        return grown.Length < Most ? [new(grown)] : [new(grown[..(Most / 2)]), new(grown[(Most / 2)..])];
    }

    /// <summary>The chunk with one less; nothing if it was the last.</summary>
    public JobChunk[] Without(int place) => entries.Length == 1 ? [] : [new([.. entries.AsSpan(0, place), .. entries.AsSpan(place + 1)])];

    public TValues Column<TValues>(ChunkColumn<TValues> column)
        where TValues : class
    {
        var changes = Volatile.Read(ref _changes);
        var known = _known is { } some && some.Changes == changes ? some : null;
        for (var one = known; one is not null; one = one.Next)
        {
            if (ReferenceEquals(one.Column, column))
            {
                return (TValues)one.Values;
            }
        }

        // Two readers at once: one makes its column in vain.
        var values = column.Make(entries);
        _known = new Known(column, values, changes, known);
        return values;
    }

    private sealed record Known(object Column, object Values, int Changes, Known? Next);
}
