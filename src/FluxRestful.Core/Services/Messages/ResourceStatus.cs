using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Core.Services.Messages;

/// <summary>The nodes: <paramref name="R"/> is a resource set of RFC 20, the rest are idsets of ranks.</summary>
/// <param name="Drain">Drained ranks, by idset.</param>
public sealed record ResourceStatus(
    [property: JsonPropertyName("R")] JsonElement R,
    IReadOnlyDictionary<string, DrainedRanks> Drain,
    string Online,
    string Offline,
    string Exclude,
    string? Torpid = null);
