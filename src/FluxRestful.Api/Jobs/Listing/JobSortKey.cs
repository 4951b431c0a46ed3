namespace FluxRestful.Api.Jobs.Listing;

/// <summary>A number or a text, whichever a column has. Of a text, the number is its beginning: most texts are told apart without being looked at.</summary>
internal readonly record struct JobSortKey(double Number, string Text) : IComparable<JobSortKey>
{
    private const int Letters = 8;
    private const int Bits = 6;

    public static JobSortKey Of(double? number) => new(number ?? double.NegativeInfinity, "");

    public static JobSortKey Of(string? text) => new(BeginningOf(text ?? ""), text ?? "");

    public int CompareTo(JobSortKey other)
    {
        var order = Number.CompareTo(other.Number);
        return order != 0 ? order : string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase);
    }

    // Eight letters of six bits, from the blank to the underscore, as capitals: no letter outside of ASCII has its capital inside. What lies outside stands for all that may follow: such texts share a number with
    // others, but never have a greater one than a text behind them.
    private static double BeginningOf(string text)
    {
        var number = 0L;
        for (var at = 0; at < Letters; at++)
        {
            var letter = at == text.Length ? -1 : char.IsAscii(text[at]) ? char.ToUpperInvariant(text[at]) - ' ' : int.MaxValue;
            if (letter is < 0 or >= 1 << Bits)
            {
                var rest = Bits * (Letters - at);
                return letter < 0 ? number << rest : ((number + 1) << rest) - 1;
            }

            number = (number << Bits) | (uint)letter;
        }

        return number;
    }
}
