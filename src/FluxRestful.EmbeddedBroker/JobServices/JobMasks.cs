using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>States and results as lists are asked for them: a number, or a name in any case, long or short.</summary>
internal static class JobMasks
{
    private static readonly Dictionary<string, int> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["new"] = 1,
        ["n"] = 1,
        ["depend"] = 2,
        ["d"] = 2,
        ["priority"] = 4,
        ["p"] = 4,
        ["sched"] = 8,
        ["s"] = 8,
        ["run"] = 16,
        ["r"] = 16,
        ["cleanup"] = 32,
        ["c"] = 32,
        ["inactive"] = 64,
        ["i"] = 64,
        ["pending"] = 14,
        ["pd"] = 14,
        ["running"] = 48,
        ["rn"] = 48,
        ["active"] = 62,
        ["a"] = 62,
    };

    private static readonly Dictionary<string, int> Results = new(StringComparer.OrdinalIgnoreCase)
    {
        ["completed"] = 1,
        ["cd"] = 1,
        ["failed"] = 2,
        ["f"] = 2,
        ["canceled"] = 4,
        ["ca"] = 4,
        ["timeout"] = 8,
        ["to"] = 8,
    };

    public static int State(JsonElement value) => Read(value, States, 127, "states");

    public static int Result(JsonElement value) => Read(value, Results, 15, "results");

    private static int Read(JsonElement value, Dictionary<string, int> names, int all, string what)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var mask) && (mask & ~all) == 0)
        {
            return mask;
        }

        return value.ValueKind == JsonValueKind.String && names.TryGetValue(value.GetString()!, out mask)
            ? mask
            : throw JobFilter.Invalid($"invalid {what} value '{value}' specified");
    }
}
