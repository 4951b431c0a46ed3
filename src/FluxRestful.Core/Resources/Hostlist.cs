using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FluxRestful.Core.Resources;

/// <summary>
/// Host names in a row (RFC 29), written <c>node[0-3],login</c>. Order and duplicates are kept, and padding counts: <c>n1</c> is not <c>n01</c>.
/// </summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "RFC 29 calls it a hostlist.")]
public sealed class Hostlist : IEnumerable<string>
{
    // Names with something behind the brackets are held one by one: this many characters of them.
    private const long MostExpanded = 1 << 22;

    private static readonly char[] Blanks = [' ', '\t', '\n', '\r'];

    private readonly List<HostRange> _ranges;

    private Hostlist(List<HostRange> ranges) => _ranges = ranges;

    /// <summary>How many hosts, duplicates included. A few characters can mean more than fits here; that is <see cref="long.MaxValue"/>.</summary>
    public long Count => _ranges.Aggregate(0L, (sum, range) => range.Count > long.MaxValue - sum ? long.MaxValue : sum + range.Count);

    /// <summary>A list of single names.</summary>
    public static Hostlist Of(params IEnumerable<string> hosts)
    {
        var ranges = new List<HostRange>();
        foreach (var host in hosts)
        {
            Append(ranges, HostRange.Of(host));
        }

        return new(ranges);
    }

    /// <summary>Reads a hostlist. Commas and blanks separate, empty pieces vanish, of several bracket groups only the first is expanded.</summary>
    /// <exception cref="FormatException">Brackets without partner, without numbers, or with a range that runs backwards.</exception>
    public static Hostlist Parse(string text) => TryParse(text, out var list) ? list : throw new FormatException("This is not a hostlist.");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(string text, [NotNullWhen(true)] out Hostlist? list)
    {
        list = null;
        var ranges = new List<HostRange>();
        var (start, depth) = (0, 0);
        for (var at = 0; at <= text.Length; at++)
        {
            var character = at < text.Length ? text[at] : ',';
            var separates = at == text.Length || (depth == 0 && (character == ',' || Blanks.Contains(character)));
            depth += character switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth is < 0 or > 1 || (at == text.Length && depth != 0))
            {
                return false;
            }

            if (separates)
            {
                if (at > start && !TryAppend(ranges, text[start..at]))
                {
                    return false;
                }

                start = at + 1;
            }
        }

        list = new(ranges);
        return true;
    }

    /// <summary>Each host, in order; look at <see cref="Count"/> first if the text came from elsewhere.</summary>
    public IEnumerator<string> GetEnumerator() => _ranges.SelectMany(range => range.Hosts).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shortest form that keeps the order: neighbours with one prefix share brackets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var at = 0; at < _ranges.Count;)
        {
            var range = _ranges[at];
            var end = at + 1;
            while (range.First is not null && end < _ranges.Count && _ranges[end].First is not null && _ranges[end].Prefix == range.Prefix)
            {
                end++;
            }

            text.Append(text.Length == 0 ? "" : ",").Append(range.Prefix);
            if (range.First is not null)
            {
                var numbers = string.Join(',', _ranges[at..end].Select(each => each.Numbers));
                text.Append(end - at > 1 || range.Count > 1 ? $"[{numbers}]" : numbers);
            }

            at = end;
        }

        return text.ToString();
    }

    private static bool TryAppend(List<HostRange> ranges, string piece)
    {
        var open = piece.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            Append(ranges, HostRange.Of(piece));
            return true;
        }

        var close = piece.IndexOf(']', open);
        var suffix = piece[(close + 1)..];
        foreach (var numbers in piece[(open + 1)..close].Split(','))
        {
            if (HostRange.Parse(piece[..open], numbers) is not { } range)
            {
                return false;
            }

            if (suffix.Length == 0)
            {
                Append(ranges, range);
                continue;
            }

            if (range.Count > (MostExpanded / piece.Length) - ranges.Count)
            {
                return false;
            }

            foreach (var host in range.Hosts)
            {
                Append(ranges, HostRange.Of(host + suffix));
            }
        }

        return true;
    }

    private static void Append(List<HostRange> ranges, HostRange next)
    {
        if (ranges.Count > 0 && ranges[^1].Joins(next))
        {
            ranges[^1] = ranges[^1] with { Last = next.Last };
        }
        else
        {
            ranges.Add(next);
        }
    }
}
