using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace FluxRestful.Core.Jobs;

/// <summary>
/// A job's number, a FLUID (RFC 19): milliseconds since the instance began, 14 bits of generator, 10 bits of sequence.
/// Read in every encoding that Flux knows; on the wire it is a signed 64-bit integer.
/// </summary>
public readonly record struct JobId(ulong Value) : IComparable<JobId>
{
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int LongestBase58 = 11;

    /// <summary>The id as Flux's JSON carries it.</summary>
    public long WireValue => unchecked((long)Value);

    public static bool operator <(JobId left, JobId right) => left.Value < right.Value;

    public static bool operator >(JobId left, JobId right) => left.Value > right.Value;

    public static bool operator <=(JobId left, JobId right) => left.Value <= right.Value;

    public static bool operator >=(JobId left, JobId right) => left.Value >= right.Value;

    /// <summary>The id of a signed integer of Flux's JSON.</summary>
    public static JobId FromWire(long value) => new(unchecked((ulong)value));

    /// <summary>Reads an id in any encoding.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JobId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("This is not a job id.");

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out JobId)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id) => TryParse(text.AsSpan(), out id);

    /// <summary>
    /// Reads an id in any encoding. Blanks around it are ignored. A number beyond 64 bits is refused, also in base 58, where the
    /// library of Flux wraps around (surprise 61).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out JobId id)
    {
        text = text.Trim(" \t\r\n\f\v");
        var read = TryRead(text.StartsWith("job.") ? text[4..] : text, out var value);
        id = read ? new JobId(value) : default;
        return read;
    }

    /// <summary>The order of submission, as far as one broker gives the numbers out.</summary>
    public int CompareTo(JobId other) => Value.CompareTo(other.Value);

    /// <summary>The base 58 form after an ASCII <c>f</c>.</summary>
    public override string ToString() => ToString(JobIdFormat.F58);

    /// <summary>The id in the given form.</summary>
    public string ToString(JobIdFormat format) => format switch
    {
        JobIdFormat.F58 => F58('f'),
        JobIdFormat.F58Unicode => F58('ƒ'),
        JobIdFormat.Dec => Value.ToString(CultureInfo.InvariantCulture),
        JobIdFormat.Hex => $"0x{Value:x}",
        JobIdFormat.DotHex => DotHex(),
        JobIdFormat.Kvs => $"job.{DotHex()}",
        JobIdFormat.Words => JobIdWords.Format(Value),
        JobIdFormat.Emoji => JobIdEmoji.Format(Value),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    // The order of libflux: a dot means dothex and a dash means words, before f58, because all of those may begin with an f.
    private static bool TryRead(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        if (text.IsEmpty)
        {
            return false;
        }

        return text switch
        {
            _ when text.Contains('.') => TryReadDotHex(text, out value),
            _ when text.Contains('-') => JobIdWords.TryParse(text, out value),
            ['f' or 'ƒ', .. var digits] => TryReadBase58(digits, out value),
            _ when char.IsSurrogate(text[0]) => JobIdEmoji.TryParse(text, out value),
            ['0', 'x', .. var digits] => TryReadHex(digits, out value),
            _ => text.IndexOfAnyExceptInRange('0', '9') < 0
                && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        };
    }

    private static bool TryReadHex(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit) || value > ulong.MaxValue >> 4)
            {
                return false;
            }

            value = (value << 4) | (uint)Convert.ToInt32(digit.ToString(), 16);
        }

        return !digits.IsEmpty;
    }

    private static bool TryReadDotHex(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        var groups = 0;
        foreach (var range in text.Split('.'))
        {
            if (++groups > 4 || text[range].Length > 4 || !TryReadHex(text[range], out var group))
            {
                return false;
            }

            value = (value << 16) | group;
        }

        return groups == 4;
    }

    private static bool TryReadBase58(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        UInt128 sum = 0;
        foreach (var character in digits)
        {
            var digit = Base58.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0 || (sum = (sum * 58) + (uint)digit) > ulong.MaxValue)
            {
                return false;
            }
        }

        value = (ulong)sum;
        return !digits.IsEmpty;
    }

    private string F58(char prefix)
    {
        Span<char> text = stackalloc char[LongestBase58 + 1];
        var at = text.Length;
        var rest = Value;
        do
        {
            text[--at] = Base58[(int)(rest % 58)];
            rest /= 58;
        }
        while (rest > 0);

        text[--at] = prefix;
        return text[at..].ToString();
    }

    private string DotHex() => $"{Value >> 48:x4}.{Value >> 32 & 0xffff:x4}.{Value >> 16 & 0xffff:x4}.{Value & 0xffff:x4}";
}
