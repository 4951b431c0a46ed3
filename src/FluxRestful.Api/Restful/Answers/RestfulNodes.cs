using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>The host names of the brokers that are up.</summary>
public sealed record RestfulNodes([property: JsonPropertyName("nodes")] IReadOnlyList<string> Nodes);
