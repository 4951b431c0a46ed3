namespace FluxRestful.Api.Audit.Search;

/// <summary>Which entries are wanted; what is null does not matter.</summary>
/// <param name="Before">Only entries older than the one of this number.</param>
internal sealed record AuditFilter(
    string? Actor, string? Action, string? Target, string? Result, string? Address, DateTimeOffset? Since, DateTimeOffset? Until, long? Before, int Limit);
