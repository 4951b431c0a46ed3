using System.Text.Json.Nodes;

namespace FluxRestful.Api.Tenants.Limits;

/// <summary>
/// Whether what a jobspec asks for can be counted at all: nodes, in them one kind of slot, in that cores and GPUs once each (RFC 25). Of two slots side by side, or of
/// sockets, a broker may give more than its own counting says.
/// </summary>
internal static class ResourceShape
{
    internal static bool CanBeCounted(JsonObject jobspec) => jobspec["resources"] is JsonArray { Count: 1 } top && IsOfNodesOrSlot(top[0]);

    private static bool IsOfNodesOrSlot(JsonNode? vertex) => vertex is JsonObject one && (TypeOf(one), one["with"]) switch
    {
        ("node", JsonArray { Count: 1 } with) => IsOfNodesOrSlot(with[0]),
        ("slot", JsonArray { Count: > 0 } with) => IsInside(with),
        _ => false,
    };

    private static bool IsInside(JsonArray vertices)
    {
        var types = vertices.Select(vertex => vertex is JsonObject one && one["with"] is null ? TypeOf(one) : null).ToList();
        return types.TrueForAll(type => type is "core" or "gpu") && types.Distinct().Count() == types.Count;
    }

    private static string? TypeOf(JsonObject vertex) => vertex["type"] is JsonValue type && type.TryGetValue<string>(out var text) ? text : null;
}
