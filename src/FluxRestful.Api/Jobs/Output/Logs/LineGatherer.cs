using FluxRestful.Contracts.Jobs.Output;
using FluxRestful.Core.Jobs.Output;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>
/// Makes lines of the entries of an output, and blocks of the lines. What comes out depends on the entries alone, so that reading an output again gives the
/// same lines in the same blocks. A line has its place where its end arrives; what has none yet waits.
/// </summary>
internal sealed class LineGatherer(Action<OutputBlock> sealedBlock)
{
    internal const int LongestLine = 16 * 1024 * 1024;

    /// <summary>Of the shell's words that say where a stream goes: as of what is good to know.</summary>
    internal const int LevelOfRedirection = 6;

    // Both parts of a block stay below the size from which on the runtime collects them late only.
    private const int BlockBytes = 64 * 1024;
    private const int BlockLines = 2048;

    // Of all tasks together: a thousand of them may each have begun a line.
    private const long MostUnfinished = 64L * 1024 * 1024;
    private const int MostTold = 100;

    private readonly Dictionary<(string Stream, string Rank), int> _indices = [];
    private readonly SortedDictionary<int, BegunLine> _unfinished = [];
    private long _unfinishedBytes;
    private byte[] _bytes = new byte[BlockBytes];
    private LineEntry[] _lines = new LineEntry[64];
    private int _length;
    private int _count;

    /// <summary>In the order in which they first wrote.</summary>
    internal List<OutputSource> Sources { get; } = [];

    /// <summary>How many lines each source has.</summary>
    internal List<long> Counts { get; } = [];

    internal List<OutputRedirection> Redirects { get; } = [];

    internal List<string> Warnings { get; } = [];

    /// <summary>The first line of the block that is being filled.</summary>
    internal long First { get; private set; } = 1;

    internal long Total => First + _count - 1;

    /// <summary>Another one whenever a line that has no end yet has changed.</summary>
    internal long Changes { get; private set; }

    /// <summary>The block that is being filled, as it is now. What is added later comes behind what this one shows.</summary>
    internal OutputBlock Open => new(First, _bytes.AsMemory(0, _length), _lines.AsMemory(0, _count));

    internal void Add(OutputEntryReader entry)
    {
        switch (entry.Kind)
        {
            case OutputEntryKind.Data:
                var source = IndexOf(entry.Stream, entry.Rank);
                for (var i = 0; i < entry.Repeat; i++)
                {
                    AddBytes(source, entry.Bytes, entry.Timestamp);
                }

                if (entry.IsEof)
                {
                    Finish(source, entry.Timestamp);
                }

                break;
            case OutputEntryKind.Redirect:
                var redirection = new OutputRedirection(entry.Stream, entry.Rank, System.Text.Encoding.UTF8.GetString(entry.Bytes));
                Tell(Redirects, redirection);
                AddWords("", LevelOfRedirection, Words(redirection), entry.Timestamp);
                break;
            case OutputEntryKind.Log:
                var words = System.Text.Encoding.UTF8.GetString(entry.Bytes.TrimEnd((byte)'\n'));
                if (entry.Level <= 3)
                {
                    Tell(Warnings, words);
                }

                AddWords(entry.Rank, entry.Level, words, entry.Timestamp);
                break;
        }
    }

    internal static string Words(OutputRedirection redirection) => $"{redirection.Ranks}: {redirection.Stream} redirected to {redirection.Path}";

    /// <summary>Nothing more comes.</summary>
    internal void End(double timestamp)
    {
        foreach (var source in _unfinished.Keys.ToList())
        {
            Finish(source, timestamp);
        }

        Seal();
    }

    /// <summary>What tasks have begun and not ended, after the last line.</summary>
    internal IReadOnlyList<(OutputSource Source, byte[] Bytes)> Unfinished() =>
        [.. _unfinished.Select(begun => (Sources[begun.Key], begun.Value.Bytes.ToArray()))];

    /// <summary>What is begun, as a screen shows it: of those that changed last so many, in the order of their sources.</summary>
    /// <param name="width">How many bytes of each.</param>
    internal IReadOnlyList<BegunText> Begun(Func<OutputSource, bool> isWanted, int most, int width) =>
    [
        .. _unfinished.Where(begun => isWanted(Sources[begun.Key])).OrderByDescending(begun => begun.Value.Change).Take(most).OrderBy(begun => begun.Key)
            .Select(begun => new BegunText(Sources[begun.Key], begun.Value.Timestamp, begun.Value.OnScreen(width).ToArray())),
    ];

    private static void Tell<T>(List<T> list, T item)
    {
        if (list.Count < MostTold && !list.Contains(item))
        {
            list.Add(item);
        }
    }

    private void AddWords(string rank, int level, string words, double timestamp)
    {
        var source = IndexOf(OutputSource.Shell, rank);
        foreach (var line in words.Split('\n'))
        {
            Emit(source, System.Text.Encoding.UTF8.GetBytes(line + "\n"), timestamp, (sbyte)Math.Min(level, 7));
        }
    }

    private void AddBytes(int source, ReadOnlySpan<byte> bytes, double timestamp)
    {
        while (bytes.IndexOf((byte)'\n') is var newline && newline >= 0)
        {
            if (_unfinished.ContainsKey(source))
            {
                Begin(source, bytes[..(newline + 1)], timestamp);
                Finish(source, timestamp);
            }
            else
            {
                Emit(source, bytes[..(newline + 1)], timestamp);
            }

            bytes = bytes[(newline + 1)..];
        }

        if (!bytes.IsEmpty && Begin(source, bytes, timestamp) >= LongestLine | _unfinishedBytes > MostUnfinished)
        {
            Finish(source, timestamp);
        }
    }

    private int Begin(int source, ReadOnlySpan<byte> bytes, double timestamp)
    {
        var begun = _unfinished.TryGetValue(source, out var before) ? before : _unfinished[source] = new BegunLine();
        begun.Bytes.AddRange(bytes);
        begun.Timestamp = timestamp;
        begun.Change = ++Changes;
        _unfinishedBytes += bytes.Length;
        return begun.Bytes.Count;
    }

    private void Finish(int source, double timestamp)
    {
        if (_unfinished.Remove(source, out var line))
        {
            Changes++;
            _unfinishedBytes -= line.Bytes.Count;
            Emit(source, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(line.Bytes), timestamp);
        }
    }

    private void Emit(int source, ReadOnlySpan<byte> line, double timestamp, sbyte level = -1)
    {
        if (_count == BlockLines || (_count > 0 && _length + line.Length > BlockBytes))
        {
            Seal();
        }

        // Those who were shown the block keep the old array.
        if (_length + line.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _length + line.Length);
        }

        if (_count == _lines.Length)
        {
            Array.Resize(ref _lines, _count * 2);
        }

        line.CopyTo(_bytes.AsSpan(_length));
        _lines[_count++] = new LineEntry(_length, line.Length, source, level, timestamp);
        _length += line.Length;
        Counts[source]++;
    }

    private void Seal()
    {
        if (_count == 0)
        {
            return;
        }

        var block = new OutputBlock(First, _bytes.AsSpan(0, _length).ToArray(), _lines.AsSpan(0, _count).ToArray());
        First = block.Next;

        // New ones: the old may still be shown.
        (_bytes, _lines, _length, _count) = (new byte[BlockBytes], new LineEntry[64], 0, 0);
        sealedBlock(block);
    }

    private int IndexOf(string stream, string rank)
    {
        if (!_indices.TryGetValue((stream, rank), out var index))
        {
            _indices[(stream, rank)] = index = Sources.Count;
            Sources.Add(new OutputSource(stream, rank));
            Counts.Add(0);
        }

        return index;
    }
}
