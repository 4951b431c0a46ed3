namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>
/// A test of texts that a hundred thousand jobs have in common: names and hosts. What was found of the last ones is remembered, in a table of fixed size. For one search, by one thread.
/// </summary>
internal sealed class KnownTexts(Predicate<string> test)
{
    private const int Slots = 1 << 12;

    private readonly (string? Text, bool Fits)[] _table = new (string?, bool)[Slots];

    public bool Fits(string text)
    {
        ref var slot = ref _table[text.GetHashCode(StringComparison.Ordinal) & (Slots - 1)];
        if (slot.Text != text)
        {
            slot = (text, test(text));
        }

        return slot.Fits;
    }
}
