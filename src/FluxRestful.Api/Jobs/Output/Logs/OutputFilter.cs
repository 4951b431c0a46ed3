using System.Text;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>Whether lines of one log fit a query.</summary>
internal sealed class OutputFilter(OutputLog log, OutputQuery query)
{
    private readonly List<bool> _wanted = [];
    private readonly byte[]? _search = query.Search is { } text && !query.IgnoresCase ? Encoding.UTF8.GetBytes(text) : null;

    internal bool Fits(OutputBlock block, LineEntry line) => query.IsUnfiltered || (IsWanted(line.Source) && HasText(block[line]));

    private bool IsWanted(int source)
    {
        while (_wanted.Count <= source)
        {
            _wanted.Add(query.Wants(log.Source(_wanted.Count)));
        }

        return _wanted[source];
    }

    private bool HasText(ReadOnlySpan<byte> line) => !query.HasSearch || (_search is not null ? line.IndexOf(_search) >= 0 : HasLetters(line));

    private bool HasLetters(ReadOnlySpan<byte> line)
    {
        var room = System.Buffers.ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            // As lines are told: without their ends, so that $ stands where one expects it.
            ReadOnlySpan<char> letters = room.AsSpan(0, Encoding.UTF8.GetChars(line is [.., (byte)'\n'] ? line[..^1] : line, room));
            return query.Pattern?.IsMatch(letters) ?? letters.Contains(query.Search, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            System.Buffers.ArrayPool<char>.Shared.Return(room);
        }
    }
}
