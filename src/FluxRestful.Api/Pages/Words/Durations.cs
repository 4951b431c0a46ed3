using System.Globalization;

namespace FluxRestful.Api.Pages.Words;

/// <summary>Durations as people read them: <c>340 ms</c>, <c>12.3 s</c>, <c>4 m 07 s</c>, <c>3 h 12 m</c>, <c>2 d 04 h</c>.</summary>
internal static class Durations
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    internal static string Of(double seconds)
    {
        if (double.IsNaN(seconds) || seconds < 0)
        {
            seconds = 0;
        }

        if (seconds < 1)
        {
            return Text($"{Math.Floor(seconds * 1000)} ms");
        }

        if (seconds < Minute)
        {
            return Text($"{Math.Floor(seconds * 10) / 10:0.#} s");
        }

        var whole = (long)Math.Min(seconds, long.MaxValue / 2);
        return whole < Hour ? Text($"{whole / Minute} m {whole % Minute:00} s")
            : whole < Day ? Text($"{whole / Hour} h {whole % Hour / Minute:00} m")
            : Text($"{whole / Day} d {whole % Day / Hour:00} h");
    }

    /// <summary>As it is written in code: <c>12.345</c>.</summary>
    internal static string Exact(double seconds) => Text($"{seconds:0.###} s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
