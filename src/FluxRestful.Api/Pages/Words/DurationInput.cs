using System.Globalization;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Pages.Words;

/// <summary>Durations as people type them: minutes, as for flux-submit(1), or <c>90s</c>, <c>1.5h</c>, <c>2d</c>, <c>1:30:00</c>.</summary>
internal static class DurationInput
{
    internal const string Forms = "minutes, or 90s, 1.5h, 2d, 1:30:00";

    /// <summary>Seconds; null if it is empty or no duration.</summary>
    internal static double? Read(string? text)
    {
        text = text?.Replace(" ", "", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(text) || text.Length > 40)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) ? minutes * 60
            : Clock(text) ?? (FluxDuration.TryParse(text, out var seconds) ? seconds : null);
    }

    // HH:MM:SS, or MM:SS.
    private static double? Clock(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3)
        {
            return null;
        }

        var seconds = 0.0;
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 100_000)
            {
                return null;
            }

            seconds = (seconds * 60) + value;
        }

        return seconds;
    }
}
