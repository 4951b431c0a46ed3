namespace FluxRestful.Core.Jobs;

/// <summary>
/// The mnemonic form of a FLUID (RFC 19): each 32-bit half, low one first, becomes three words of base 1626, least digit first;
/// <c>-</c> between words, <c>--</c> between halves. The words are those of JobIdWords.txt.
/// </summary>
internal static class JobIdWords
{
    private const uint Base = 1626;
    private const int WordsPerHalf = 3;

    private static readonly Lazy<(string[] Words, Dictionary<string, uint> DigitOf)> List = new(Read);

    internal static string Format(ulong value) => $"{Half((uint)value)}--{Half((uint)(value >> 32))}";

    internal static bool TryParse(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        var digitOf = List.Value.DigitOf.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<ulong> halves = stackalloc ulong[2];
        var count = 0;
        ulong scale = 1;
        foreach (var range in text.Split('-'))
        {
            var word = text[range];
            if (word.IsEmpty)
            {
                continue;
            }

            if (count == 2 * WordsPerHalf || !digitOf.TryGetValue(word, out var digit))
            {
                return false;
            }

            scale = count % WordsPerHalf == 0 ? 1 : scale * Base;
            halves[count / WordsPerHalf] += digit * scale;
            count++;
        }

        if (count != 2 * WordsPerHalf || halves[0] > uint.MaxValue || halves[1] > uint.MaxValue)
        {
            return false;
        }

        value = (halves[1] << 32) | halves[0];
        return true;
    }

    private static string Half(uint value)
    {
        var words = List.Value.Words;
        return $"{words[value % Base]}-{words[value / Base % Base]}-{words[value / Base / Base]}";
    }

    private static (string[] Words, Dictionary<string, uint> DigitOf) Read()
    {
        using var stream = typeof(JobIdWords).Assembly.GetManifestResourceStream("JobIdWords.txt")
            ?? throw new InvalidOperationException("The word list is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var words = new List<string>((int)Base);
        while (words.Count < Base && reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                words.Add(line);
            }
        }

        var digitOf = new Dictionary<string, uint>(words.Count, StringComparer.OrdinalIgnoreCase);
        for (var digit = 0; digit < words.Count; digit++)
        {
            digitOf.Add(words[digit], (uint)digit);
        }

        return ([.. words], digitOf);
    }
}
