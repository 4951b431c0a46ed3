using System.Text;
using System.Text.RegularExpressions;

namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>
/// Finds the directives of a batch script (RFC 36): lines <c>#flux: OPTIONS</c> or <c>#FLUX: OPTIONS</c>, all with the same beginning, before the first line
/// that is no comment. A triple quotation may go over several such lines.
/// </summary>
internal sealed partial class ScriptDirectives
{
    private readonly List<ScriptDirective> _found = [];
    private readonly StringBuilder _open = new();
    private string? _sentinel;
    private string _prefix = "";
    private string _quote = "";
    private string _indent = "";
    private int _openLine;
    private int _lastLine;

    /// <exception cref="ScriptException">A line can not be read.</exception>
    internal static IReadOnlyList<ScriptDirective> Read(string script)
    {
        var reader = new ScriptDirectives();
        var number = 0;
        foreach (var line in script.Split('\n'))
        {
            reader.Take(++number, line.TrimEnd('\r'));
        }

        return reader._quote.Length == 0 ? reader._found : throw new ScriptException(reader._openLine, "The triple quotation is not closed.");
    }

    private void Take(int number, string line)
    {
        if (Sentinel().Match(line) is not { Success: true } match)
        {
            TakeOther(number, line);
            return;
        }

        if (_lastLine > 0)
        {
            throw new ScriptException(number, $"A directive must stand before the first line of the program, which ends them after line {_lastLine}.");
        }

        var sentinel = match.Groups[1].Value + match.Groups[2].Value;
        if (_sentinel is not null && sentinel != _sentinel)
        {
            throw new ScriptException(number, $"All directives must begin alike: '{_sentinel}' became '{sentinel}'.");
        }

        (_sentinel, _prefix) = (sentinel, match.Groups[1].Value);
        TakeValue(number, match.Groups[3].Value);
    }

    private void TakeOther(int number, string line)
    {
        if (_quote.Length > 0)
        {
            throw new ScriptException(number, $"The triple quotation of line {_openLine} is not closed.");
        }

        if (_sentinel is not null && _lastLine == 0 && line.AsSpan().Trim().Length > 0 && !line.StartsWith(_prefix.TrimEnd(), StringComparison.Ordinal))
        {
            _lastLine = number - 1;
        }
    }

    private void TakeValue(int number, string value)
    {
        if (_quote.Length > 0)
        {
            Continue(value);
        }
        else if (OpenQuote(value) is { } quote)
        {
            (_quote, _openLine, _indent) = (quote, number, value[..^value.TrimStart().Length]);
            _open.Append(value);
        }
        else
        {
            Add(number, value);
        }
    }

    // What all lines of a quotation are indented by is no part of it.
    private void Continue(string value)
    {
        var text = value.StartsWith(_indent, StringComparison.Ordinal) ? value[_indent.Length..] : value;
        _open.Append(text);
        if (!text.EndsWith(_quote, StringComparison.Ordinal))
        {
            _open.Append('\n');
            return;
        }

        var whole = _open.ToString();
        _open.Clear();
        _quote = "";
        Add(_openLine, whole);
    }

    // At the end of a line, and not closed on it.
    private static string? OpenQuote(string value) =>
        ((string[])["\"\"\"", "'''"]).FirstOrDefault(quote => value.EndsWith(quote, StringComparison.Ordinal) && value.Split(quote).Length % 2 == 0);

    private void Add(int number, string value)
    {
        var words = DirectiveWords.Split(number, value);
        if (words.Count == 0)
        {
            return;
        }

        if (!words[0].StartsWith('-'))
        {
            throw new ScriptException(number, $"'{words[0]}' is no option; a directive has options such as -N2 or --job-name=NAME.");
        }

        _found.Add(new ScriptDirective(number, words));
    }

    [GeneratedRegex(@"^([^\w]*)((?:flux|FLUX):)(.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Sentinel();
}
