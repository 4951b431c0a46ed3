namespace FluxRestful.Api.Storage.Tokens;

/// <summary>A tenant's token for a program of its own. The token itself is not here.</summary>
internal sealed class PersonalTokenRecord
{
    public int Id { get; init; }

    public int TenantId { get; init; }

    /// <summary>The tenant's word for it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required string Hash { get; init; }

    /// <summary>With blanks between them.</summary>
    public required string Scopes { get; init; }

    /// <summary>CIDR blocks with blanks between them; empty: from anywhere.</summary>
    public required string Networks { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>About: written now and then, not at each use.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
