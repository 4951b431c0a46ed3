using System.Text;

namespace FluxRestful.Core.Jobs;

/// <summary>Splits a command line into words as a POSIX shell would, without expanding anything: the rules of Python's <c>shlex.split</c>.</summary>
public static class CommandLine
{
    /// <summary>The words of a line.</summary>
    /// <exception cref="CommandLineException">A quotation is not closed, or a backslash ends the line.</exception>
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case ' ' or '\t' or '\r' or '\n':
                    if (inWord)
                    {
                        words.Add(word.ToString());
                        word.Clear();
                        inWord = false;
                    }

                    break;
                case '\\':
                    word.Append(Escaped(line, at++));
                    inWord = true;
                    break;
                case '\'':
                    at = Single(line, at, word);
                    inWord = true;
                    break;
                case '"':
                    at = Double(line, at, word);
                    inWord = true;
                    break;
                default:
                    word.Append(line[at]);
                    inWord = true;
                    break;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static char Escaped(string line, int at) =>
        at + 1 < line.Length ? line[at + 1] : throw new CommandLineException("No escaped character", at);

    // Everything up to the next quote is itself.
    private static int Single(string line, int open, StringBuilder word)
    {
        var close = line.IndexOf('\'', open + 1);
        if (close < 0)
        {
            throw new CommandLineException("No closing quotation", open);
        }

        word.Append(line, open + 1, close - open - 1);
        return close;
    }

    // A backslash escapes a quote or a backslash, and stays where it stands before anything else.
    private static int Double(string line, int open, StringBuilder word)
    {
        for (var at = open + 1; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '"':
                    return at;
                case '\\' when Escaped(line, at) is '"' or '\\':
                    word.Append(line[++at]);
                    break;
                default:
                    word.Append(line[at]);
                    break;
            }
        }

        throw new CommandLineException("No closing quotation", open);
    }
}
