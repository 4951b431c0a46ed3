namespace FluxRestful.Api.Tokens;

/// <summary>What an access token says that matters here.</summary>
internal sealed record AccessToken(int TenantId, string Stamp, string Id, string? Family, string? Scopes, DateTimeOffset ExpiresAt)
{
    /// <summary>Any of these among the revoked ends it.</summary>
    internal IReadOnlyList<string> RevocationKeys { get; } = Family is null ? [Id] : [Id, Family];
}
