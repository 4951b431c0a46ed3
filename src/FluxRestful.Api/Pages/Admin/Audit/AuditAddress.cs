using System.Globalization;
using FluxRestful.Api.Audit.Search;

namespace FluxRestful.Api.Pages.Admin.Audit;

/// <summary>What of the audit is looked at, as it stands in the address.</summary>
public sealed record AuditAddress
{
    private const int PageSize = 50;

    /// <summary>Who did it.</summary>
    public string? Actor { get; init; }

    /// <summary>What.</summary>
    public string? Action { get; init; }

    /// <summary>To what.</summary>
    public string? Target { get; init; }

    /// <summary>How it ended.</summary>
    public string? Result { get; init; }

    /// <summary>From where.</summary>
    public string? Address { get; init; }

    /// <summary>The first day.</summary>
    public string? Since { get; init; }

    /// <summary>The last day.</summary>
    public string? Until { get; init; }

    /// <summary>Where the page begins.</summary>
    public string? Cursor { get; init; }

    internal bool HasFilter => Parts().Any(part => part.Key != "cursor");

    internal bool IsFirst => string.IsNullOrEmpty(Cursor);

    internal string At(string? cursor) => "/admin/audit" + QueryString.Create((this with { Cursor = cursor }).Parts());

    internal AuditFilter Filter() => new(
        Given(Actor), Given(Action), Given(Target), Given(Result), Given(Address), Day(Since), Day(Until)?.AddDays(1),
        AuditFilter.TryReadCursor(Cursor, out var before) ? before : null, PageSize);

    private IEnumerable<KeyValuePair<string, string?>> Parts() => new KeyValuePair<string, string?>[]
    {
        new("actor", Actor), new("action", Action), new("target", Target), new("result", Result), new("address", Address), new("since", Since), new("until", Until),
        new("cursor", Cursor),
    }.Where(part => !string.IsNullOrEmpty(part.Value));

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;

    // Days of UTC, as the times are shown.
    private static DateTimeOffset? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
}
