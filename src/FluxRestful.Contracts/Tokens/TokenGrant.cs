using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Tokens;

/// <summary>An access token, and what gives the next (RFC 6749, 5.1).</summary>
/// <param name="AccessToken">To be sent as <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that the access token lasts.</param>
/// <param name="RefreshToken">Good once, for the next access token. Used a second time it ends the whole sign-in.</param>
/// <param name="Scope">What the tokens were narrowed to; absent: nothing.</param>
public sealed record TokenGrant(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] long ExpiresIn,
    [property: JsonPropertyName("refresh_token")] string RefreshToken,
    [property: JsonPropertyName("scope")] string? Scope = null);
