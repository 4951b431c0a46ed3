using System.Globalization;
using System.Text;

namespace FluxRestful.Api.Pages.Ansi;

/// <summary>The 256 colours of a terminal: sixteen that follow the page's theme, a cube of six, and greys.</summary>
internal static class AnsiPalette
{
    private const double LeastContrast = 4.6;

    // Of the log, see job.css.
    private static readonly (int R, int G, int B) LightGround = (0xf0, 0xf4, 0xf8);
    private static readonly (int R, int G, int B) DarkGround = (0x20, 0x27, 0x31);

    private static readonly int[] Steps = [0, 95, 135, 175, 215, 255];

    // Light and dark: readable on the page's own ground in either.
    private static readonly (string Light, string Dark)[] Sixteen =
    [
        ("#1b1f24", "#8b96a5"), ("#a40e26", "#ff8f8f"), ("#0b6627", "#7fd99a"), ("#6b4e00", "#e6c35c"),
        ("#0a4fb0", "#8fc1ff"), ("#7a1fa0", "#e0a6ff"), ("#0a6070", "#6fd6e6"), ("#4b535e", "#dfe5ec"),
        ("#57606b", "#a3adba"), ("#c01a30", "#ffb0b0"), ("#157a34", "#a5efba"), ("#7d5c00", "#ffe08a"),
        ("#1762c4", "#b5d6ff"), ("#9130bb", "#eec9ff"), ("#0f7385", "#a0ecf6"), ("#2b323b", "#ffffff"),
    ];

    internal static int Nearest(int red, int green, int blue)
    {
        var (r, g, b) = (Step(red), Step(green), Step(blue));
        var grey = Math.Clamp(((((red + green + blue) / 3) - 8) + 5) / 10, 0, 23);
        var level = 8 + (10 * grey);
        return Distance(Steps[r], Steps[g], Steps[b]) <= Distance(level, level, level) ? 16 + (36 * r) + (6 * g) + b : 232 + grey;

        int Distance(int x, int y, int z) => ((x - red) * (x - red)) + ((y - green) * (y - green)) + ((z - blue) * (z - blue));
    }

    /// <summary>A rule for each colour, as text and as ground.</summary>
    internal static string StyleSheet()
    {
        var sheet = new StringBuilder();
        for (var colour = 0; colour < 256; colour++)
        {
            var (text, ground) = colour < 16
                ? ($"light-dark({Sixteen[colour].Light},{Sixteen[colour].Dark})", $"light-dark({Sixteen[colour].Light},{Sixteen[colour].Dark})")
                : ($"light-dark({Readable(colour, LightGround, 0)},{Readable(colour, DarkGround, 255)})", Hex(Rgb(colour)));
            sheet.Append(CultureInfo.InvariantCulture, $".fg-{colour}{{color:{text}}}.bg-{colour}{{background:{ground}}}\n");
        }

        return sheet.ToString();
    }

    /// <summary>The colour, taken as far towards black or white as it must be to be read on this ground.</summary>
    private static string Readable(int colour, (int R, int G, int B) ground, int towards)
    {
        var (r, g, b) = Rgb(colour);
        for (var part = 0; part <= 20; part++)
        {
            var mixed = (Mix(r), Mix(g), Mix(b));
            if (Contrast(mixed, ground) >= LeastContrast)
            {
                return Hex(mixed);
            }

            int Mix(int value) => value + ((towards - value) * part / 20);
        }

        return Hex((towards, towards, towards));
    }

    private static (int R, int G, int B) Rgb(int colour) => colour >= 232
        ? (8 + (10 * (colour - 232)), 8 + (10 * (colour - 232)), 8 + (10 * (colour - 232)))
        : (Steps[(colour - 16) / 36], Steps[(colour - 16) / 6 % 6], Steps[(colour - 16) % 6]);

    private static double Contrast((int R, int G, int B) one, (int R, int G, int B) other)
    {
        var (x, y) = (Luminance(one), Luminance(other));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    // As WCAG 2 defines it.
    private static double Luminance((int R, int G, int B) colour) => (0.2126 * Linear(colour.R)) + (0.7152 * Linear(colour.G)) + (0.0722 * Linear(colour.B));

    private static double Linear(int value) => value / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);

    private static string Hex((int R, int G, int B) colour) => string.Create(CultureInfo.InvariantCulture, $"#{colour.R:x2}{colour.G:x2}{colour.B:x2}");

    private static int Step(int value)
    {
        var best = 0;
        for (var i = 1; i < Steps.Length; i++)
        {
            best = Math.Abs(Steps[i] - value) < Math.Abs(Steps[best] - value) ? i : best;
        }

        return best;
    }
}
