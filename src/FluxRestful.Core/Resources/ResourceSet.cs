using System.Text.Json;

namespace FluxRestful.Core.Resources;

/// <summary>A set of cores and GPUs by broker rank: R of RFC 20, version 1.</summary>
public sealed class ResourceSet
{
    private readonly SortedDictionary<uint, ResourceNode> _nodes;

    internal ResourceSet(
        IEnumerable<ResourceNode> nodes,
        IReadOnlyDictionary<string, IdSet>? properties = null,
        double startTime = 0,
        double expiration = 0)
    {
        _nodes = [];
        foreach (var node in nodes)
        {
            _nodes[node.Rank] = _nodes.TryGetValue(node.Rank, out var known)
                ? new(node.Rank, node.Host ?? known.Host, known.Cores.Union(node.Cores), known.Gpus.Union(node.Gpus))
                : node;
        }

        Properties = properties ?? new Dictionary<string, IdSet>();
        StartTime = startTime;
        Expiration = expiration;
    }

    /// <summary>The set without anything.</summary>
    public static ResourceSet Empty { get; } = new([]);

    /// <summary>The nodes by ascending rank.</summary>
    public IReadOnlyCollection<ResourceNode> Nodes => _nodes.Values;

    /// <summary>Which ranks have a property, by its name.</summary>
    public IReadOnlyDictionary<string, IdSet> Properties { get; }

    /// <summary>Seconds since 1970.</summary>
    public double StartTime { get; }

    /// <summary>Seconds since 1970; 0 means never.</summary>
    public double Expiration { get; }

    /// <summary>How many ranks there are.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>How many cores there are on all ranks together.</summary>
    public long CoreCount => _nodes.Values.Sum(node => node.Cores.LongCount);

    /// <summary>How many GPUs there are on all ranks together.</summary>
    public long GpuCount => _nodes.Values.Sum(node => node.Gpus.LongCount);

    /// <summary>The ranks.</summary>
    public IdSet Ranks => IdSet.Of(_nodes.Keys);

    /// <summary>The hosts by ascending rank.</summary>
    public Hostlist Hosts => Hostlist.Of(_nodes.Values.Select(node => node.Host).OfType<string>());

    /// <summary>The node of a rank, if it is in the set.</summary>
    public ResourceNode? this[uint rank] => _nodes.GetValueOrDefault(rank);

    /// <summary>A set made of nodes; those of one rank are joined.</summary>
    public static ResourceSet Of(params IEnumerable<ResourceNode> nodes) => new(nodes);

    /// <summary>Reads R.</summary>
    /// <exception cref="FormatException">It is no R of version 1.</exception>
    public static ResourceSet FromJson(JsonElement r) => ResourceSetJson.Read(r);

    /// <summary>Writes R, ranks with equal children in one entry.</summary>
    public void Write(Utf8JsonWriter writer) => ResourceSetJson.Write(writer, this);

    /// <summary>
    /// What is here and not in <paramref name="other"/>, core by core. Free is all without down and without allocated: a drained node
    /// is in both of these while jobs still run there, so numbers must not be subtracted.
    /// </summary>
    public ResourceSet Except(ResourceSet other)
    {
        var rest = _nodes.Values
            .Select(node => other[node.Rank] is { } taken
                ? node with { Cores = node.Cores.Except(taken.Cores), Gpus = node.Gpus.Except(taken.Gpus) }
                : node)
            .Where(node => node.Cores.LongCount > 0 || node.Gpus.LongCount > 0);
        return With(rest);
    }

    /// <summary>What is in either.</summary>
    public ResourceSet Union(ResourceSet other)
    {
        var properties = new Dictionary<string, IdSet>(Properties);
        foreach (var (name, ranks) in other.Properties)
        {
            properties[name] = properties.TryGetValue(name, out var known) ? known.Union(ranks) : ranks;
        }

        return new(_nodes.Values.Concat(other._nodes.Values), properties, StartTime, Expiration);
    }

    private ResourceSet With(IEnumerable<ResourceNode> nodes)
    {
        var set = new ResourceSet(nodes, null, StartTime, Expiration);
        var ranks = set.Ranks;
        var properties = Properties
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Intersect(ranks)))
            .Where(pair => pair.Value.LongCount > 0);
        return new(set._nodes.Values, new Dictionary<string, IdSet>(properties), StartTime, Expiration);
    }
}
