using System.Text.Json;

namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary>Whether the one node meets a job's constraints (RFC 31): it has its name and rank 0, and no properties.</summary>
internal static class Constraint
{
    public static bool Matches(JsonElement? constraint, string hostName)
    {
        if (constraint is not { ValueKind: JsonValueKind.Object } all)
        {
            return true;
        }

        return all.EnumerateObject().All(member => Matches(member.Name, member.Value, hostName));
    }

    /// <summary>A host that a constraint names and this instance does not have; null if all are known.</summary>
    public static string? UnknownHost(JsonElement? constraint, string hostName)
    {
        if (constraint is not { ValueKind: JsonValueKind.Object } all)
        {
            return null;
        }

        foreach (var member in all.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array))
        {
            var unknown = member.Name == "hostlist"
                ? Texts(member.Value).SelectMany(Hosts).FirstOrDefault(host => host != hostName)
                : member.Value.EnumerateArray().Select(item => UnknownHost(item, hostName)).FirstOrDefault(host => host is not null);
            if (unknown is not null)
            {
                return unknown;
            }
        }

        return null;
    }

    private static bool Matches(string name, JsonElement values, string hostName)
    {
        if (values.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        return name switch
        {
            "and" => values.EnumerateArray().All(item => Matches(item, hostName)),
            "or" => values.GetArrayLength() == 0 || values.EnumerateArray().Any(item => Matches(item, hostName)),
            "not" => !values.EnumerateArray().All(item => Matches(item, hostName)),
            "hostlist" => Texts(values).SelectMany(Hosts).Contains(hostName),
            "ranks" => Texts(values).Any(IncludesRankZero),

            // "^x" asks for a node without the property x, and this one has none.
            "properties" => Texts(values).All(property => property.StartsWith('^')),
            _ => false,
        };
    }

    private static bool IncludesRankZero(string idset) =>
        idset.Trim('[', ']').Split(',').Any(part => part == "0" || part.StartsWith("0-", StringComparison.Ordinal));

    private static IEnumerable<string> Hosts(string hostlist) => hostlist.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Texts(JsonElement values) =>
        values.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
}
