namespace FluxRestful.Api.Storage.Tokens;

/// <summary>An encoded payload that was good once and has been used.</summary>
internal sealed class UsedPayload
{
    /// <summary>SHA-256 of who it is for and its <c>jti</c>, or of all of it.</summary>
    public required string Key { get; init; }

    public int TenantId { get; init; }

    /// <summary>When it is not good anyway; the row goes.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
