namespace FluxRestful.Core.Jobs.Requests;

/// <summary>A word of a condition (RFC 35).</summary>
internal sealed record JobConstraintToken(JobConstraintToken.Kind Is, string Text)
{
    internal enum Kind
    {
        Term,
        Not,
        And,
        Or,
        Negate,
        Open,
        Close,
    }

    internal static IReadOnlyList<JobConstraintToken> Split(string text)
    {
        var tokens = new List<JobConstraintToken>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            switch (text[at])
            {
                case ' ' or '\t' or '\r' or '\n' or '\f' or '\v':
                    at++;
                    break;
                case '(':
                    tokens.Add(new(Kind.Open, text[at++..at]));
                    break;
                case ')':
                    tokens.Add(new(Kind.Close, text[at++..at]));
                    break;
                case '-':
                    tokens.Add(new(Kind.Negate, text[at++..at]));
                    break;
                case '|' or '&':
                    at += at + 1 < text.Length && text[at + 1] == text[at] ? 2 : 1;
                    tokens.Add(new(text[start] == '|' ? Kind.Or : Kind.And, text[start..at]));
                    break;
                default:
                    tokens.Add(Word(Term(text, ref at)));
                    break;
            }
        }

        return tokens;
    }

    private static JobConstraintToken Word((string Text, bool Quoted) term) => term switch
    {
        ("not" or "NOT", false) => new(Kind.Not, term.Text),
        ("and" or "AND", false) => new(Kind.And, term.Text),
        ("or" or "OR", false) => new(Kind.Or, term.Text),
        _ => new(Kind.Term, term.Text),
    };

    // A quotation stands alone or right after the colon of an operator.
    private static (string Text, bool Quoted) Term(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !"()|&\"' \t\r\n\f\v".Contains(text[at], StringComparison.Ordinal))
        {
            at++;
        }

        var word = text[start..at];
        if (at == text.Length || text[at] is not ('"' or '\'') || !(word.Length == 0 || word.EndsWith(':')))
        {
            return (word, false);
        }

        var close = text.IndexOf(text[at], at + 1);
        if (close < 0)
        {
            throw JobConstraint.Wrong($"The quotation at position {at} is not closed.");
        }

        word += text[(at + 1)..close];
        at = close + 1;
        return (word, true);
    }
}
