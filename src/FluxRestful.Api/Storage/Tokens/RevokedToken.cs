namespace FluxRestful.Api.Storage.Tokens;

/// <summary>An access token, or all of a family, that is not good any more although its time is not over.</summary>
internal sealed class RevokedToken
{
    /// <summary>Ascends: whoever has read up to one reads on from there.</summary>
    public int Id { get; init; }

    /// <summary>A token's <c>jti</c> or a family's id.</summary>
    public required string Key { get; init; }

    public int TenantId { get; init; }

    /// <summary>When nothing is left to refuse; the row goes.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
