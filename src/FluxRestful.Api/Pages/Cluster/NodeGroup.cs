using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Cluster;

/// <summary>Nodes that stand together in the map.</summary>
/// <param name="Name">What they have in common; empty if the map is not grouped.</param>
/// <param name="Nodes">By rank.</param>
public sealed record NodeGroup(string Name, IReadOnlyList<Node> Nodes)
{
    internal const string ByHost = "host";
    internal const string ByProperty = "property";

    // Each has a heading and a drawing of its own; hosts whose names have nothing in common are no groups.
    private const int Most = 100;

    /// <param name="by"><see cref="ByHost"/>: the name without the number at its end; <see cref="ByProperty"/>: what queues choose nodes by; else all in one.</param>
    internal static IReadOnlyList<NodeGroup> Of(IReadOnlyList<Node> nodes, string? by)
    {
        if (by is not (ByHost or ByProperty))
        {
            return [new NodeGroup("", nodes)];
        }

        var groups = nodes.GroupBy(node => by == ByHost ? Prefix(node.Host) : string.Join(", ", node.Properties)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new NodeGroup(group.Key.Length > 0 ? group.Key : by == ByHost ? "no name" : "no property", [.. group])).ToList();
        return groups.Count <= Most ? groups : [.. groups.Take(Most - 1), new NodeGroup("others", [.. groups.Skip(Most - 1).SelectMany(group => group.Nodes)])];
    }

    /// <summary>The ways of grouping that make more than one group.</summary>
    internal static IReadOnlyList<(string By, string Word)> Ways(IReadOnlyList<Node> nodes)
    {
        var ways = new List<(string, string)>();
        if (nodes.Select(node => Prefix(node.Host)).Distinct().Skip(1).Any())
        {
            ways.Add((ByHost, "host name"));
        }

        if (nodes.Select(node => string.Join(", ", node.Properties)).Distinct().Skip(1).Any())
        {
            ways.Add((ByProperty, "property"));
        }

        return ways;
    }

    private static string Prefix(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host.AsSpan(0, dot < 0 ? host.Length : dot).TrimEnd("0123456789").ToString();
    }
}
