namespace FluxRestful.EmbeddedBroker.EventLogs;

/// <summary>One eventlog of a job (RFC 18), each entry one line of JSON, and who watches it.</summary>
internal sealed class EventLog
{
    private readonly List<byte[]> _lines = [];
    private readonly List<EventLogWatch> _watches = [];

    /// <summary>The key exists from its first entry on.</summary>
    public bool Exists => _lines.Count > 0;

    /// <summary>Nothing more will come.</summary>
    public bool HasEnded { get; private set; }

    public int Count => _lines.Count;

    public long Bytes { get; private set; }

    public ReadOnlySpan<byte> this[int index] => _lines[index];

    public void Append(byte[] line)
    {
        _lines.Add(line);
        Bytes += line.Length;
        Notify();
    }

    public void End()
    {
        HasEnded = true;
        Notify();
    }

    public void Add(EventLogWatch watch) => _watches.Add(watch);

    public void Remove(EventLogWatch watch) => _watches.Remove(watch);

    /// <summary>Gives up all entries but leaves a word about it; for what is too old to be kept.</summary>
    public void Replace(byte[] line)
    {
        foreach (var watch in _watches.ToArray())
        {
            watch.End();
        }

        _lines.Clear();
        _lines.Add(line);
        _lines.TrimExcess();
        Bytes = line.Length;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        var offset = 0;
        foreach (var line in _lines)
        {
            line.CopyTo(bytes, offset);
            offset += line.Length;
        }

        return bytes;
    }

    private void Notify()
    {
        foreach (var watch in _watches.ToArray())
        {
            watch.Pump();
        }
    }
}
