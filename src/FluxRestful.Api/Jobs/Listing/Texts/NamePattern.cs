using System.Text;
using FluxRestful.Api.Jobs.Index;

namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>A whole name in which <c>*</c> stands for anything, also for nothing. No other letter means more than itself, and case counts.</summary>
internal sealed class NamePattern
{
    private static readonly ChunkColumn<bool[]> HasName = ChunkColumn.Of(entry => entry.Record.Name is not null);

    // What stands between the stars: the first begins the name, the last ends it.
    private readonly byte[][] _pieces;
    private readonly int _length;
    private readonly byte[] _longest;

    public NamePattern(string pattern)
    {
        _pieces = [.. pattern.Split('*').Select(Encoding.UTF8.GetBytes)];
        _length = _pieces.Sum(piece => piece.Length);
        _longest = _pieces.MaxBy(piece => piece.Length)!;
    }

    /// <summary>Stands in every name that fits.</summary>
    public ReadOnlySpan<byte> Longest => _longest;

    public bool Fits(ReadOnlySpan<byte> name)
    {
        if (_pieces is [var whole])
        {
            return name.SequenceEqual(whole);
        }

        if (name.Length < _length || !name.StartsWith(_pieces[0]) || !name.EndsWith(_pieces[^1]))
        {
            return false;
        }

        var rest = name[_pieces[0].Length..^_pieces[^1].Length];
        foreach (var piece in _pieces.AsSpan(1..^1))
        {
            var at = rest.IndexOf(piece);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + piece.Length)..];
        }

        return true;
    }

    /// <summary>Leaves the jobs of the chunk whose name fits.</summary>
    public void Keep(JobChunk chunk, Span<bool> fits)
    {
        if (_length > 0)
        {
            chunk.Column(ChunkNames.Column).Keep(this, fits);
            return;
        }

        var has = chunk.Column(HasName);
        for (var place = 0; place < fits.Length; place++)
        {
            fits[place] &= has[place];
        }
    }
}
