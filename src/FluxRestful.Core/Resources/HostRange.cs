using System.Globalization;

namespace FluxRestful.Core.Resources;

/// <summary>
/// Neighbours of a hostlist: a prefix with a run of numbers, or one name without number (<see cref="First"/> is null).
/// </summary>
/// <param name="Width">Digits of a number that is padded with zeros; 0 if it is not.</param>
internal readonly record struct HostRange(string Prefix, ulong? First, ulong Last, int Width)
{
    // A longer number fits no 64 bits; such a name is taken whole.
    private const int LongestNumber = 18;

    internal long Count => First is { } first ? (long)(Last - first + 1) : 1;

    internal IEnumerable<string> Hosts
    {
        get
        {
            if (First is not { } first)
            {
                yield return Prefix;
                yield break;
            }

            for (var number = first; number <= Last; number++)
            {
                yield return Prefix + Pad(number);
            }
        }
    }

    /// <summary>What stands between the brackets.</summary>
    internal string Numbers => First == Last ? Pad(Last) : $"{Pad(First!.Value)}-{Pad(Last)}";

    /// <summary>Only the last group of digits of a name can take part in a range.</summary>
    internal static HostRange Of(string host)
    {
        var prefix = host.AsSpan().TrimEnd("0123456789").Length;
        var digits = host.AsSpan(prefix);
        return digits.Length is 0 or > LongestNumber
            ? new(host, null, 0, 0)
            : new(host[..prefix], ParseNumber(digits), ParseNumber(digits), WidthOf(digits));
    }

    /// <summary>A range from what stands between brackets; null if it is none.</summary>
    internal static HostRange? Parse(string prefix, ReadOnlySpan<char> numbers)
    {
        var dash = numbers.IndexOf('-');
        var first = dash < 0 ? numbers : numbers[..dash];
        var last = dash < 0 ? numbers : numbers[(dash + 1)..];
        return IsNumber(first) && IsNumber(last) && ParseNumber(first) <= ParseNumber(last)
            ? new(prefix, ParseNumber(first), ParseNumber(last), WidthOf(first))
            : null;
    }

    /// <summary>Whether <paramref name="next"/> goes on where this range ends, written with the same padding.</summary>
    internal bool Joins(HostRange next) =>
        First is not null && next.First is { } number && next.Prefix == Prefix && number == Last + 1 && Pad(number) == next.Pad(number);

    private static bool IsNumber(ReadOnlySpan<char> text) => text.Length is > 0 and <= LongestNumber && text.IndexOfAnyExceptInRange('0', '9') < 0;

    private static ulong ParseNumber(ReadOnlySpan<char> digits) => ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int WidthOf(ReadOnlySpan<char> digits) => digits is ['0', _, ..] ? digits.Length : 0;

    private string Pad(ulong number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(Width, '0');
}
