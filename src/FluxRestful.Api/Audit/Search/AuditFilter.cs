using System.Globalization;

namespace FluxRestful.Api.Audit.Search;

/// <summary>Which entries are wanted; what is null does not matter.</summary>
/// <param name="Before">Only entries older than the one of this number.</param>
internal sealed record AuditFilter(
    string? Actor, string? Action, string? Target, string? Result, string? Address, DateTimeOffset? Since, DateTimeOffset? Until, long? Before, int Limit)
{
    /// <summary>Reads the <c>next</c> of a page; none is the first page.</summary>
    internal static bool TryReadCursor(string? text, out long? before)
    {
        var isOne = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        before = isOne ? number : null;
        return isOne || string.IsNullOrEmpty(text);
    }
}
