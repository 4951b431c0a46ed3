namespace FluxRestful.Api.Storage.Tokens;

/// <summary>One sign-in that can be refreshed: the refresh tokens that came one out of the other. Only the newest is good.</summary>
internal sealed class TokenFamily
{
    /// <summary>Random; part of each of its refresh tokens, and <c>sid</c> of its access tokens.</summary>
    public required string Id { get; init; }

    public int TenantId { get; init; }

    /// <summary>The tenant's at the sign-in: the family ends when the tenant has another.</summary>
    public required string Stamp { get; init; }

    /// <summary>SHA-256 of the newest refresh token.</summary>
    public required string Hash { get; set; }

    /// <summary>Scopes with blanks between them; null: all that the tenant may.</summary>
    public string? Scopes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
