namespace FluxRestful.Contracts.Audit;

/// <summary>A part of the list of who did what, newest first.</summary>
/// <param name="Entries">What was done.</param>
/// <param name="Next">Asks for the older ones; missing when there are none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Next = null);
