using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful;

/// <summary>What is wrong with the fields of a request, one entry a field.</summary>
public sealed record RestfulFieldErrors([property: JsonPropertyName("detail")] IReadOnlyList<RestfulFieldError> Detail)
{
    internal static RestfulFieldErrors Missing(string place, params IEnumerable<string> fields) =>
        new([.. fields.Select(field => new RestfulFieldError([place, field], "field required", "value_error.missing"))]);
}

/// <param name="Location">Where it was: <c>query</c>, <c>body</c> or <c>path</c>, then the field's name.</param>
/// <param name="Message">What is wrong with it.</param>
/// <param name="Type">The same as a word for programs.</param>
public sealed record RestfulFieldError(
    [property: JsonPropertyName("loc")] IReadOnlyList<string> Location,
    [property: JsonPropertyName("msg")] string Message,
    [property: JsonPropertyName("type")] string Type);
