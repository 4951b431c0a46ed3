using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful;

/// <summary>An access token, to be sent as <c>Authorization: Bearer</c>.</summary>
public sealed record RestfulToken(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType);
