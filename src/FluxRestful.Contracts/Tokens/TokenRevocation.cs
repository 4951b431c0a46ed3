using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Tokens;

/// <summary>The form of <c>POST /api/v1/token/revoke</c> (RFC 7009).</summary>
/// <param name="Token">An access token, a refresh token or a personal token.</param>
/// <param name="TokenTypeHint">Read past: a token shows what it is.</param>
public sealed record TokenRevocation(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("token_type_hint")] string? TokenTypeHint = null);
