using System.Globalization;

namespace FluxRestful.Api.Audit;

/// <summary>Makes of a text that others chose one that is a single short line wherever it is shown: in a file, a terminal, the answer of a database tool.</summary>
internal static class AuditText
{
    internal const int Longest = 256;

    internal static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var length = Math.Min(text.Length, Longest);
        return string.Create(length, text, static (cleaned, given) =>
        {
            for (var at = 0; at < cleaned.Length; at++)
            {
                cleaned[at] = IsPlain(given[at]) ? given[at] : '\uFFFD';
            }
        });
    }

    // Formats turn the direction of writing or hide letters; half a pair is no character, and both halves go with it.
    private static bool IsPlain(char letter) => char.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
