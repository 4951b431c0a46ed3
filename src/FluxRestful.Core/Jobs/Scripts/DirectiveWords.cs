using System.Text;

namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>
/// Splits a directive into words as Flux's own reader does: like a shell, with comments, with <c>( ) ; &lt; &gt; | &amp;</c> as words of their own unless
/// they are quoted, and with triple quotations.
/// </summary>
internal static class DirectiveWords
{
    private const string Punctuation = "();<>|&";

    internal static IReadOnlyList<string> Split(int line, string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        void End()
        {
            if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case ' ' or '\t' or '\r' or '\n':
                    End();
                    break;
                case '#':
                    End();
                    return words;
                case '\\':
                    word.Append(at + 1 < text.Length ? text[++at] : throw new ScriptException(line, "A backslash ends the line."));
                    inWord = true;
                    break;
                case '"' or '\'':
                    at = Quotation(line, text, at, word);
                    inWord = true;
                    break;
                case var sign when Punctuation.Contains(sign, StringComparison.Ordinal):
                    End();
                    words.Add(sign.ToString());
                    break;
                default:
                    word.Append(text[at]);
                    inWord = true;
                    break;
            }
        }

        End();
        return words;
    }

    /// <returns>Where the quotation ends.</returns>
    private static int Quotation(int line, string text, int open, StringBuilder word)
    {
        var quote = text[open];
        var triple = new string(quote, 3);
        if (string.CompareOrdinal(text, open, triple, 0, 3) == 0)
        {
            // Nothing is escaped in one; the end of its first line is no part of it.
            var start = open + 3 + (open + 3 < text.Length && text[open + 3] == '\n' ? 1 : 0);
            var close = text.IndexOf(triple, start, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new ScriptException(line, "A triple quotation is not closed, or something follows it on its line.");
            }

            word.Append(text, start, close - start);
            return close + 2;
        }

        for (var at = open + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                return at;
            }

            // Unlike in a shell, a backslash escapes inside single quotes too.
            at += text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == quote || text[at + 1] == '\\') ? 1 : 0;
            word.Append(text[at]);
        }

        throw new ScriptException(line, "A quotation is not closed.");
    }
}
