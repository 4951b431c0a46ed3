namespace FluxRestful.Contracts.Tokens;

/// <summary>A tenant's browser sessions.</summary>
/// <param name="Sessions">The one seen last first; at most 100.</param>
public sealed record BrowserSessionList(IReadOnlyList<BrowserSessionInfo> Sessions);
