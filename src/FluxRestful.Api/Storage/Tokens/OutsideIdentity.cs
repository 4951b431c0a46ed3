namespace FluxRestful.Api.Storage.Tokens;

/// <summary>Somebody known to another issuer, and the tenant he is here: bound at first sight, for ever.</summary>
internal sealed class OutsideIdentity
{
    public int Id { get; init; }

    public required string Issuer { get; init; }

    /// <summary>The issuer's own name for him, <c>sub</c>; a display name may pass to somebody else, this one does not.</summary>
    public required string Subject { get; init; }

    public int TenantId { get; init; }

    /// <summary>Tokens issued before this moment are not taken: the tenant signed out everywhere.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}
