using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Tokens;

/// <summary>The form of <c>POST /api/v1/token</c> (RFC 6749).</summary>
/// <param name="GrantType"><c>password</c> or <c>refresh_token</c>.</param>
/// <param name="Username">The tenant's name, with <c>password</c>. Without it the Basic header counts.</param>
/// <param name="Password">Its password.</param>
/// <param name="RefreshToken">With <c>refresh_token</c>: the newest one. It is good once.</param>
/// <param name="Scope">With <c>password</c>: narrows what the tokens may, scopes with blanks between. Without it they may what the tenant may.</param>
public sealed record TokenRequest(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("username")] string? Username = null,
    [property: JsonPropertyName("password")] string? Password = null,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken = null,
    [property: JsonPropertyName("scope")] string? Scope = null);
