using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Tokens;

/// <summary>Why there is no token, in the words of RFC 6749, 5.2, which libraries know.</summary>
/// <param name="Error"><c>invalid_request</c>, <c>invalid_grant</c>, <c>invalid_scope</c> or <c>unsupported_grant_type</c>.</param>
/// <param name="ErrorDescription">The same for people.</param>
public sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription);
