using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>A job was submitted.</summary>
public sealed record RestfulSubmitted([property: JsonPropertyName("Message")] string Message, [property: JsonPropertyName("id")] ulong Id);
