using System.Text.Json;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Resources;

/// <summary>Which nodes of a resource set a constraint (RFC 31) lets a job have.</summary>
public static class NodeConstraint
{
    private const int DeepestLevel = 50;

    /// <summary>The ranks that fit; null if the constraint has something that can not be judged here.</summary>
    public static IdSet? Select(ResourceSet resources, JsonElement constraint) => Select(resources, constraint, 0);

    private static IdSet? Select(ResourceSet resources, JsonElement constraint, int level)
    {
        if (constraint.ValueKind != JsonValueKind.Object || level > DeepestLevel)
        {
            return null;
        }

        IdSet? fitting = resources.Ranks;
        foreach (var member in constraint.EnumerateObject())
        {
            fitting = member.Value.ValueKind == JsonValueKind.Array && Select(resources, member.Name, [.. member.Value.EnumerateArray()], level) is { } ranks
                ? fitting?.Intersect(ranks)
                : null;
        }

        return fitting;
    }

    private static IdSet? Select(ResourceSet resources, string operation, IReadOnlyList<JsonElement> values, int level) => operation switch
    {
        "and" => All(resources, values, level),
        "not" => All(resources, values, level) is { } ranks ? resources.Ranks.Except(ranks) : null,
        "or" => values.Count == 0 ? resources.Ranks : values.Aggregate((IdSet?)IdSet.Empty, (sum, value) => Select(resources, value, level + 1) is { } ranks ? sum?.Union(ranks) : null),
        "properties" => values.Aggregate((IdSet?)resources.Ranks, (rest, value) => Texts(value) is { } name ? rest?.Intersect(WithProperty(resources, name)) : null),
        "hostlist" => values.Aggregate((IdSet?)IdSet.Empty, (sum, value) => Texts(value) is { } hosts && OfHosts(resources, hosts) is { } ranks ? sum?.Union(ranks) : null),
        "ranks" => values.Aggregate((IdSet?)IdSet.Empty, (sum, value) => IdSet.TryParse(Texts(value), out var ranks) ? sum?.Union(ranks.Intersect(resources.Ranks)) : null),
        _ => null,
    };

    private static IdSet? All(ResourceSet resources, IReadOnlyList<JsonElement> values, int level) =>
        values.Aggregate((IdSet?)resources.Ranks, (rest, value) => Select(resources, value, level + 1) is { } ranks ? rest?.Intersect(ranks) : null);

    // ^ before the name: without the property.
    private static IdSet WithProperty(ResourceSet resources, string name)
    {
        var with = resources.Properties.GetValueOrDefault(name.TrimStart('^')) ?? IdSet.Empty;
        return name.StartsWith('^') ? resources.Ranks.Except(with) : with.Intersect(resources.Ranks);
    }

    private static IdSet? OfHosts(ResourceSet resources, string hosts)
    {
        if (!Hostlist.TryParse(hosts, out var list) || list.Count > 1 << 20)
        {
            return null;
        }

        var names = list.ToHashSet(StringComparer.Ordinal);
        return IdSet.Of(resources.Nodes.Where(node => node.Host is { } host && names.Contains(host)).Select(node => node.Rank));
    }

    private static string? Texts(JsonElement value) => ((JsonElement?)value).Text();
}
