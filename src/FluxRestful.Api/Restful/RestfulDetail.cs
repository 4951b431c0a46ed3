using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful;

/// <summary>What is wrong, in one sentence.</summary>
public sealed record RestfulDetail([property: JsonPropertyName("detail")] string Detail);
