using System.Text.Json.Serialization;

namespace FluxRestful.Api.Restful.Answers;

/// <summary>What a job wrote, one entry a line, each with its newline.</summary>
public sealed record RestfulOutput([property: JsonPropertyName("Output")] IReadOnlyList<string> Output);
