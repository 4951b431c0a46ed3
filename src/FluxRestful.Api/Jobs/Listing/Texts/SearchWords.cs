namespace FluxRestful.Api.Jobs.Listing.Texts;

/// <summary>
/// What is searched for: words, and phrases in quotation marks. Nothing is a pattern. A quotation mark that has no partner, or nothing in it, is a letter like others.
/// </summary>
internal static class SearchWords
{
    private const int Most = 16;

    internal static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < Most;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var quoted = text[at] == '"' && text.IndexOf('"', at + 1) is var close && close > at + 1;
            var end = quoted ? text.IndexOf('"', at + 1) : at;
            while (!quoted && end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            words.Add(quoted ? text[(at + 1)..end] : text[at..end]);
            at = quoted ? end + 1 : end;
        }

        return words;
    }
}
