using System.Globalization;
using System.Text;

namespace FluxRestful.Api.Pages.Ansi;

/// <summary>
/// Reads lines as a terminal would show them: colours carry on to the next line, a carriage return lets the line be overwritten, and of all other orders
/// to a terminal nothing remains. What a reader could not see, or what would turn the text around, is made visible. One for each stream of output.
/// </summary>
internal sealed class AnsiText
{
    private const char Escape = '\u001b';
    private const int MostCodes = 32;

    // Nobody means more changes of colour than that within a line; each costs the browser an element.
    private const int MostSpans = 500;

    // How far to the right an order may move within a line.
    private const int Widest = 10_000;

    private readonly List<(Rune Letter, AnsiStyle Style, string? Link)> _cells = [];
    private AnsiStyle _style = AnsiStyle.Plain;
    private string? _link;
    private int _column;

    /// <summary>One line that is not over: what it changes is forgotten.</summary>
    internal IReadOnlyList<AnsiSpan> Peek(string line)
    {
        var before = (_style, _link);
        try
        {
            return Read(line);
        }
        finally
        {
            (_style, _link) = before;
        }
    }

    /// <summary>One line without its end.</summary>
    internal IReadOnlyList<AnsiSpan> Read(string line)
    {
        if (_style == AnsiStyle.Plain && _link is null && !line.AsSpan().ContainsAnyInRange('\0', '\u001f') && IsHarmless(line))
        {
            return line.Length == 0 ? [] : [new AnsiSpan(line, "", null)];
        }

        _cells.Clear();
        _column = 0;
        for (var i = 0; i < line.Length;)
        {
            if (line[i] == Escape)
            {
                i = ReadEscape(line, i + 1);
            }
            else
            {
                var letter = Rune.TryGetRuneAt(line, i, out var rune) ? rune : Rune.ReplacementChar;
                i += letter == Rune.ReplacementChar ? 1 : letter.Utf16SequenceLength;
                Put(letter);
            }
        }

        return Spans();
    }

    private void Put(Rune letter)
    {
        switch (letter.Value)
        {
            case '\r': _column = 0; break;
            case '\b': _column = Math.Max(0, _column - 1); break;
            case '\t': Write(letter); break;
            case < ' ': Write(new Rune('\u2400' + letter.Value)); break;
            case 0x7f: Write(new Rune('\u2421')); break;
            case var value when IsHidden(value):
                foreach (var shown in string.Create(CultureInfo.InvariantCulture, $"⟨U+{value:X4}⟩").EnumerateRunes())
                {
                    Write(shown);
                }

                break;
            default: Write(letter); break;
        }
    }

    private void Write(Rune letter)
    {
        while (_cells.Count < _column)
        {
            _cells.Add((new Rune(' '), AnsiStyle.Plain, null));
        }

        var cell = (letter, _style, _link);
        if (_column < _cells.Count)
        {
            _cells[_column] = cell;
        }
        else
        {
            _cells.Add(cell);
        }

        _column++;
    }

    private int ReadEscape(string line, int i) => i >= line.Length ? i : line[i] switch
    {
        '[' => ReadControl(line, i + 1),
        ']' or 'P' or '_' or '^' or 'X' => ReadString(line, i),
        >= ' ' and <= '/' => Math.Min(line.Length, i + 2),
        _ => i + 1,
    };

    /// <summary><c>CSI</c>: numbers, then a letter that says what to do.</summary>
    private int ReadControl(string line, int i)
    {
        Span<int> codes = stackalloc int[MostCodes];
        var count = 0;
        var number = 0;
        var isPrivate = false;
        for (; i < line.Length; i++)
        {
            switch (line[i])
            {
                case >= '0' and <= '9': number = Math.Min(100_000, (number * 10) + line[i] - '0'); break;
                case ';' or ':':
                    Add(codes);
                    break;
                case >= '<' and <= '?': isPrivate = true; break;
                case >= ' ' and <= '/': break;
                case >= '@' and <= '~' and var order:
                    Add(codes);
                    if (!isPrivate)
                    {
                        Obey(order, codes[..count]);
                    }

                    return i + 1;
                default:
                    // Not an order after all: what stands here is read as text.
                    return i;
            }
        }

        return i;

        void Add(Span<int> into)
        {
            if (count < MostCodes)
            {
                into[count++] = number;
            }

            number = 0;
        }
    }

    private void Obey(char order, ReadOnlySpan<int> codes)
    {
        switch (order)
        {
            case 'm': _style = _style.With(codes); break;
            case 'K' when codes[0] == 0: _cells.RemoveRange(Math.Min(_column, _cells.Count), Math.Max(0, _cells.Count - _column)); break;
            case 'K' when codes[0] == 2: _cells.Clear(); break;
            case 'C': _column = Math.Min(Widest, _column + Math.Max(1, codes[0])); break;
            case 'D': _column = Math.Max(0, _column - Math.Max(1, codes[0])); break;
            case 'G': _column = Math.Clamp(codes[0] - 1, 0, Widest); break;
        }
    }

    /// <summary>A string for the terminal, ended by BEL or ESC \. Of all of them a link is the only one that means something here.</summary>
    private int ReadString(string line, int start)
    {
        var end = start + 1;
        while (end < line.Length && line[end] != '\a' && line[end] != Escape)
        {
            end++;
        }

        var text = line.AsSpan(start, end - start);
        if (text.StartsWith("]8;"))
        {
            var address = text[3..];
            var semicolon = address.IndexOf(';');
            _link = semicolon >= 0 ? Safe(address[(semicolon + 1)..].ToString()) : null;
        }

        return end >= line.Length ? end : line[end] == '\a' ? end + 1 : Math.Min(line.Length, end + 2);
    }

    private static string? Safe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;

    private List<AnsiSpan> Spans()
    {
        var spans = new List<AnsiSpan>();
        var text = new StringBuilder();
        for (var i = 0; i < _cells.Count; i++)
        {
            text.Append(_cells[i].Letter.ToString());
            var isLast = i + 1 == _cells.Count;
            if (isLast || (spans.Count < MostSpans && (_cells[i + 1].Style != _cells[i].Style || _cells[i + 1].Link != _cells[i].Link)))
            {
                spans.Add(spans.Count < MostSpans ? new AnsiSpan(text.ToString(), _cells[i].Style.Classes(), _cells[i].Link) : new AnsiSpan(text.ToString(), "", null));
                text.Clear();
            }
        }

        return spans;
    }

    private static bool IsHarmless(string line)
    {
        foreach (var letter in line)
        {
            if (letter >= '\u007f' && (letter == '\u007f' || IsHidden(letter) || char.IsSurrogate(letter)))
            {
                return false;
            }
        }

        return true;
    }

    // Controls of the second kind, and what turns the direction of text or takes no room.
    private static bool IsHidden(int letter) => letter is (>= 0x80 and <= 0x9f) or 0xad or 0x61c or 0x180e or (>= 0x200b and <= 0x200f) or (>= 0x2028 and <= 0x202e)
        or (>= 0x2060 and <= 0x206f) or 0xfeff or (>= 0xfff9 and <= 0xfffb) or (>= 0x1d173 and <= 0x1d17a) or (>= 0xe0000 and <= 0xe007f);
}
