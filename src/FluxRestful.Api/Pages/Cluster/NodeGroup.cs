using FluxRestful.Contracts.Cluster;

namespace FluxRestful.Api.Pages.Cluster;

/// <summary>Nodes that stand together in the map.</summary>
/// <param name="Name">What they have in common; empty if the map is not grouped.</param>
/// <param name="Nodes">By rank.</param>
public sealed record NodeGroup(string Name, IReadOnlyList<Node> Nodes)
{
    internal const string ByHost = "host";
    internal const string ByProperty = "property";
    internal const string ByQueue = "queue";

    // Each has a heading and a drawing of its own; hosts whose names have nothing in common are no groups.
    private const int Most = 100;

    private static readonly IReadOnlyList<(string By, string Word, string None)> All =
        [(ByHost, "host name", "no name"), (ByProperty, "property", "no property"), (ByQueue, "queue", "no queue")];

    /// <param name="by">
    /// <see cref="ByHost"/>: the name without the number at its end; <see cref="ByProperty"/>: what queues choose nodes by; <see cref="ByQueue"/>: the queues
    /// whose jobs the node is given; else all in one.
    /// </param>
    internal static IReadOnlyList<NodeGroup> Of(IReadOnlyList<Node> nodes, IReadOnlyList<Queue> queues, string? by)
    {
        if (All.FirstOrDefault(way => way.By == by) is not { By: not null } way)
        {
            return [new NodeGroup("", nodes)];
        }

        var groups = nodes.GroupBy(Naming(by, queues)).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new NodeGroup(group.Key.Length > 0 ? group.Key : way.None, [.. group])).ToList();
        return groups.Count <= Most ? groups : [.. groups.Take(Most - 1), new NodeGroup("others", [.. groups.Skip(Most - 1).SelectMany(group => group.Nodes)])];
    }

    /// <summary>The ways of grouping that make more than one group.</summary>
    internal static IReadOnlyList<(string By, string Word)> Ways(IReadOnlyList<Node> nodes, IReadOnlyList<Queue> queues) =>
        [.. All.Where(way => nodes.Select(Naming(way.By, queues)).Distinct().Skip(1).Any()).Select(way => (way.By, way.Word))];

    // What a node has in common with those that it stands with.
    private static Func<Node, string> Naming(string? by, IReadOnlyList<Queue> queues) => by switch
    {
        ByHost => node => Prefix(node.Host),
        ByProperty => node => string.Join(", ", node.Properties),
        _ => node => string.Join(", ", queues.Where(queue => (queue.Requires ?? []).All(node.Properties.Contains)).Select(queue => queue.Name)),
    };

    private static string Prefix(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host.AsSpan(0, dot < 0 ? host.Length : dot).TrimEnd("0123456789").ToString();
    }
}
