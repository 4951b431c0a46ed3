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

    private bool HasText(ReadOnlySpan<byte> line) => query.Search is null
        || (_search is not null ? line.IndexOf(_search) >= 0 : HasText(line, query.Search));

    private static bool HasText(ReadOnlySpan<byte> line, string text)
    {
        var letters = System.Buffers.ArrayPool<char>.Shared.Rent(line.Length);
        try
        {
            return letters.AsSpan(0, Encoding.UTF8.GetChars(line, letters)).Contains(text, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            System.Buffers.ArrayPool<char>.Shared.Return(letters);
        }
    }
}
