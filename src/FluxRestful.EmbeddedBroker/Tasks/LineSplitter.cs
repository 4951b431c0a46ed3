namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>Cuts a stream of bytes into lines, each with its newline. A line of absurd length is cut where it becomes absurd.</summary>
internal sealed class LineSplitter(Action<ReadOnlyMemory<byte>> line)
{
    public const int MaxLine = 4 * 1024 * 1024;

    private byte[] _kept = [];
    private int _count;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var newline && newline >= 0)
        {
            Keep(bytes[..(newline + 1)]);
            Emit();
            bytes = bytes[(newline + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>The last piece, if it has no newline.</summary>
    public void Finish()
    {
        if (_count > 0)
        {
            Emit();
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        while (_count + bytes.Length > MaxLine)
        {
            var fitting = MaxLine - _count;
            Append(bytes[..fitting]);
            Emit();
            bytes = bytes[fitting..];
        }

        Append(bytes);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_kept.Length < _count + bytes.Length)
        {
            Array.Resize(ref _kept, Math.Min(MaxLine, Math.Max(256, (_count + bytes.Length) * 2)));
        }

        bytes.CopyTo(_kept.AsSpan(_count));
        _count += bytes.Length;
    }

    private void Emit()
    {
        line(_kept.AsMemory(0, _count).ToArray());
        _count = 0;
    }
}
