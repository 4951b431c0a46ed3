using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FluxRestful.Core.Resources;

/// <summary>
/// A set of small numbers such as ranks or cores (RFC 22), written <c>0-3,7</c>. Held as ranges, so that a long one costs no more than a short one.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "RFC 22 calls it an idset.")]
public sealed class IdSet : IReadOnlyCollection<uint>, IEquatable<IdSet>
{
    /// <summary>The largest member. Flux reserves the two numbers above.</summary>
    public const uint MaxId = uint.MaxValue - 2;

    private readonly (uint First, uint Last)[] _ranges;

    private IdSet((uint First, uint Last)[] ranges) => _ranges = ranges;

    /// <summary>The set without members.</summary>
    public static IdSet Empty { get; } = new([]);

    /// <summary>How many members there are. A set beyond 2^31 members says <see cref="int.MaxValue"/>; see <see cref="LongCount"/>.</summary>
    public int Count => (int)Math.Min(LongCount, int.MaxValue);

    /// <summary>How many members there are.</summary>
    public long LongCount => _ranges.Sum(range => (long)range.Last - range.First + 1);

    /// <summary>The members as ranges, ascending, neither touching nor overlapping.</summary>
    public IReadOnlyList<(uint First, uint Last)> Ranges => _ranges;

    /// <summary>A set of the given members, in any order and as often as you like.</summary>
    public static IdSet Of(params IEnumerable<uint> ids) => Merge(ids.Select(id => (id, id)));

    /// <summary>Reads an idset: ascending, no overlap, no leading zeros, no blanks; brackets are optional.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IdSet Parse(string text) => TryParse(text, out var set) ? set : throw new FormatException("This is not an idset.");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IdSet? set)
    {
        set = null;
        var ranges = new List<(uint First, uint Last)>();
        if (text is ['[', .. var inner, ']'])
        {
            text = inner;
        }

        foreach (var part in text.Split(','))
        {
            var piece = text[part];
            if (piece.IsEmpty)
            {
                continue;
            }

            var dash = piece.IndexOf('-');
            if (!TryParseId(dash < 0 ? piece : piece[..dash], out var first)
                || !TryParseId(dash < 0 ? piece : piece[(dash + 1)..], out var last)
                || (dash >= 0 && last <= first)
                || (ranges.Count > 0 && first <= ranges[^1].Last))
            {
                return false;
            }

            Append(ranges, (first, last));
        }

        set = new([.. ranges]);
        return true;
    }

    /// <summary>Whether it is a member; found by halving, however long the set.</summary>
    public bool Contains(uint id)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (id < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (id > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The members of either.</summary>
    public IdSet Union(IdSet other) => Merge(_ranges.Concat(other._ranges));

    /// <summary>The members of this set that <paramref name="other"/> lacks.</summary>
    public IdSet Except(IdSet other)
    {
        var rest = new List<(uint First, uint Last)>();
        var at = 0;
        foreach (var (rangeFirst, last) in _ranges)
        {
            ulong first = rangeFirst;
            for (; at < other._ranges.Length && other._ranges[at].First <= last; at++)
            {
                var hole = other._ranges[at];
                if (hole.First > first)
                {
                    rest.Add(((uint)first, hole.First - 1));
                }

                first = Math.Max(first, (ulong)hole.Last + 1);
                if (hole.Last > last)
                {
                    break;
                }
            }

            if (first <= last)
            {
                rest.Add(((uint)first, last));
            }
        }

        return new([.. rest]);
    }

    /// <summary>The members of both.</summary>
    public IdSet Intersect(IdSet other) => Except(Except(other));

    /// <summary>Each member, ascending; look at <see cref="LongCount"/> first if the text came from elsewhere.</summary>
    public IEnumerator<uint> GetEnumerator()
    {
        foreach (var (first, last) in _ranges)
        {
            for (var id = first; id <= last; id++)
            {
                yield return id;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the members are the same.</summary>
    public bool Equals(IdSet? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as IdSet);

    public override int GetHashCode() => _ranges.Length == 0 ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    /// <summary>With ranges, without brackets: as R has it.</summary>
    public override string ToString() => ToString(brackets: false);

    /// <summary>With ranges, and with brackets around more than one member if asked: as job records have it (surprise 31).</summary>
    public string ToString(bool brackets)
    {
        var text = new StringBuilder();
        foreach (var (first, last) in _ranges)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{first}");
            if (last != first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{last}");
            }
        }

        return brackets && LongCount > 1 ? $"[{text}]" : text.ToString();
    }

    private static bool TryParseId(ReadOnlySpan<char> text, out uint id)
    {
        id = 0;
        return !text.IsEmpty
            && (text.Length == 1 || text[0] != '0')
            && text.IndexOfAnyExceptInRange('0', '9') < 0
            && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id)
            && id <= MaxId;
    }

    private static IdSet Merge(IEnumerable<(uint First, uint Last)> pieces)
    {
        var ranges = new List<(uint First, uint Last)>();
        foreach (var piece in pieces.Order())
        {
            Append(ranges, piece);
        }

        return new([.. ranges]);
    }

    private static void Append(List<(uint First, uint Last)> ranges, (uint First, uint Last) next)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(next.Last, MaxId);
        if (ranges.Count > 0 && next.First <= ranges[^1].Last + 1)
        {
            ranges[^1] = (ranges[^1].First, Math.Max(ranges[^1].Last, next.Last));
        }
        else
        {
            ranges.Add(next);
        }
    }
}
