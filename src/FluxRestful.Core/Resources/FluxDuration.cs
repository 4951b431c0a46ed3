using System.Globalization;

namespace FluxRestful.Core.Resources;

/// <summary>Flux Standard Duration (RFC 23): a number and ms, s, m, h or d, or <c>inf</c>. Without unit it means seconds.</summary>
public static class FluxDuration
{
    /// <summary>Reads a duration.</summary>
    /// <returns>Seconds, or infinity.</returns>
    /// <exception cref="FormatException">It is none; <c>1h30m</c>, <c>1w</c> and negative numbers are none.</exception>
    public static double Parse(string text) => TryParse(text, out var seconds) ? seconds : throw new FormatException("This is not a duration.");

    /// <inheritdoc cref="Parse(string)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        text = text.Trim(' ');
        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            seconds = double.PositiveInfinity;
            return true;
        }

        var number = text.TrimEnd("mshd");
        var factor = text[number.Length..] switch
        {
            "" or "s" => 1,
            "ms" => 0.001,
            "m" => 60,
            "h" => 60 * 60,
            "d" => 24 * 60 * 60,
            _ => double.NaN,
        };
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (!double.TryParse(number.TrimEnd(' '), Styles, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        seconds = value * factor;
        return double.IsFinite(seconds);
    }

    /// <summary>A duration for reading: up to four digits and the unit that suits it, as Flux's tools show it.</summary>
    public static string Format(double seconds) => seconds switch
    {
        double.PositiveInfinity => "inf",
        < 0.001 or double.NaN => "0s",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F3}s"),
        < 60 => Short(seconds, "s"),
        < 60 * 60 => Short(seconds / 60, "m"),
        < 24 * 60 * 60 => Short(seconds / (60 * 60), "h"),
        _ => Short(seconds / (24 * 60 * 60), "d"),
    };

    private static string Short(double value, string unit) => value.ToString("G4", CultureInfo.InvariantCulture).Replace('E', 'e') + unit;
}
