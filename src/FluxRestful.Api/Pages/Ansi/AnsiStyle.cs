using System.Globalization;
using System.Text;

namespace FluxRestful.Api.Pages.Ansi;

/// <summary>How a piece of a terminal's text looks. Colours are numbers of the 256 (−1: the ground's own), and become classes: styles in the text are not allowed.</summary>
internal readonly record struct AnsiStyle(int Foreground, int Background, bool Bold, bool Dim, bool Italic, bool Underline, bool Inverse, bool Struck)
{
    internal static readonly AnsiStyle Plain = new(-1, -1, false, false, false, false, false, false);

    internal string Classes()
    {
        if (this == Plain)
        {
            return "";
        }

        var classes = new StringBuilder();
        Add(Foreground >= 0, string.Create(CultureInfo.InvariantCulture, $"fg-{Foreground}"));
        Add(Background >= 0, string.Create(CultureInfo.InvariantCulture, $"bg-{Background}"));
        Add(Bold, "a-b");
        Add(Dim, "a-d");
        Add(Italic, "a-i");
        Add(Underline, "a-u");
        Add(Inverse, "a-inv");
        Add(Struck, "a-s");
        return classes.ToString();

        void Add(bool has, string name)
        {
            if (has)
            {
                classes.Append(classes.Length > 0 ? " " : "").Append(name);
            }
        }
    }

    /// <summary>After one <c>CSI … m</c>; what is not known is passed over.</summary>
    internal AnsiStyle With(ReadOnlySpan<int> codes)
    {
        var style = this;
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] is 38 or 48)
            {
                var isText = codes[i] == 38;
                var (colour, used) = Extended(codes[(i + 1)..]);
                style = isText ? style with { Foreground = colour } : style with { Background = colour };
                i += used;
            }
            else
            {
                style = style.With(codes[i]);
            }
        }

        return style;
    }

    private AnsiStyle With(int code) => code switch
    {
        0 => Plain,
        1 => this with { Bold = true },
        2 => this with { Dim = true },
        3 => this with { Italic = true },
        4 => this with { Underline = true },
        7 => this with { Inverse = true },
        9 => this with { Struck = true },
        21 or 22 => this with { Bold = false, Dim = false },
        23 => this with { Italic = false },
        24 => this with { Underline = false },
        27 => this with { Inverse = false },
        29 => this with { Struck = false },
        >= 30 and <= 37 => this with { Foreground = code - 30 },
        39 => this with { Foreground = -1 },
        >= 40 and <= 47 => this with { Background = code - 40 },
        49 => this with { Background = -1 },
        >= 90 and <= 97 => this with { Foreground = code - 90 + 8 },
        >= 100 and <= 107 => this with { Background = code - 100 + 8 },
        _ => this,
    };

    /// <summary><c>5;N</c>, or <c>2;R;G;B</c> taken to the nearest of the 256; and how many numbers that were.</summary>
    private static (int Colour, int Used) Extended(ReadOnlySpan<int> codes) => codes switch
    {
        [5, var colour, ..] => (Math.Clamp(colour, 0, 255), 2),
        [2, var red, var green, var blue, ..] => (AnsiPalette.Nearest(red, green, blue), 4),
        _ => (-1, codes.Length),
    };
}
