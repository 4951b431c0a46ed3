namespace FluxRestful.Core.Services.Messages;

/// <summary>Whether a queue takes jobs in (<paramref name="Enable"/>) and lets them run (<paramref name="Start"/>), and why not.</summary>
public sealed record QueueStatus(bool Enable, bool Start, string? DisableReason = null, string? StopReason = null);
