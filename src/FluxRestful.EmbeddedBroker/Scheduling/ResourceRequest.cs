using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary>What a jobspec asks for: so many slots of so many cores and GPUs, perhaps on so many nodes.</summary>
/// <param name="Nodes">How many nodes; null if it does not matter where.</param>
/// <param name="Exclusive">Whole nodes.</param>
/// <param name="SlotsEach">Slots on each node, or in all.</param>
internal sealed record ResourceRequest(long? Nodes, bool Exclusive, long SlotsEach, long CoresPerSlot, long GpusPerSlot)
{
    public int Slots => (int)Math.Min(int.MaxValue, SlotsEach * (Nodes ?? 1));

    /// <summary>Cores on the one node, if it is to run there.</summary>
    public long CoresPerNode => SlotsEach * CoresPerSlot;

    public static ResourceRequest Of(JsonElement jobspec)
    {
        var request = new ResourceRequest(null, false, 0, 0, 0);
        return jobspec.TryGetProperty("resources", out var resources) && resources.ValueKind == JsonValueKind.Array
            ? Walk(resources, request, 1)
            : request;
    }

    private static ResourceRequest Walk(JsonElement resources, ResourceRequest request, long multiplier)
    {
        foreach (var resource in resources.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
        {
            var count = Math.Min(int.MaxValue, multiplier * CountOf(resource));
            var isSlot = false;
            switch (TypeOf(resource))
            {
                case "node":
                    request = request with { Nodes = count, Exclusive = IsExclusive(resource) };
                    break;
                case "slot":
                    request = request with { SlotsEach = CountOf(resource) };
                    isSlot = true;
                    break;
                case "core":
                    request = request with { CoresPerSlot = count };
                    break;
                case "gpu":
                    request = request with { GpusPerSlot = count };
                    break;
            }

            if (resource.TryGetProperty("with", out var children) && children.ValueKind == JsonValueKind.Array)
            {
                request = Walk(children, request, isSlot || request.Nodes is not null ? 1 : count);
            }
        }

        return request;
    }

    private static string? TypeOf(JsonElement resource) =>
        resource.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static long CountOf(JsonElement resource) =>
        resource.TryGetProperty("count", out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var number) ? number : 1;

    private static bool IsExclusive(JsonElement resource) =>
        resource.TryGetProperty("exclusive", out var exclusive) && exclusive.ValueKind == JsonValueKind.True;
}
