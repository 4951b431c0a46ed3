using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful;

/// <summary>A sentence about what happened.</summary>
public sealed record RestfulMessage([property: JsonPropertyName("Message")] string Message);
