using System.Text;

namespace FluxRestful.Api.Pages.Words;

/// <summary>What somebody wrote, on one line, without signs that turn the direction of writing or cannot be seen: a name must not look like another.</summary>
internal static class Visible
{
    internal static string Of(string text) => text.Any(IsHidden)
        ? text.Aggregate(new StringBuilder(text.Length), (shown, letter) => shown.Append(IsHidden(letter) ? letter is '\n' or '\t' ? ' ' : '\uFFFD' : letter)).ToString()
        : text;

    private static bool IsHidden(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';
}
