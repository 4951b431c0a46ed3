using System.Text.Json;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Resources;

/// <summary>R as JSON (RFC 20): <c>execution.R_lite</c> has idsets of ranks with their children, <c>execution.nodelist</c> the hosts in rank order.</summary>
internal static class ResourceSetJson
{
    // Idsets are short however many they mean; this bounds what is made of one.
    private const long MostRanks = 1 << 20;

    internal static ResourceSet Read(JsonElement r)
    {
        if (!r.TryGet("execution", JsonValueKind.Object, out var execution) || !execution.TryGet("R_lite", JsonValueKind.Array, out var entries))
        {
            throw new FormatException("R lacks execution.R_lite.");
        }

        var nodes = new List<ResourceNode>();
        foreach (var entry in entries.EnumerateArray())
        {
            if (!entry.TryGet("rank", JsonValueKind.String, out var rank) || !entry.TryGet("children", JsonValueKind.Object, out var children))
            {
                throw new FormatException("An entry of R_lite lacks its rank or children.");
            }

            var ranks = IdSet.Parse(Strings.Share(rank));
            if (nodes.Count + ranks.LongCount > MostRanks)
            {
                throw new FormatException($"R has more than {MostRanks} ranks.");
            }

            var (cores, gpus) = (Ids(children, "core"), Ids(children, "gpu"));
            nodes.AddRange(ranks.Select(id => new ResourceNode(id, null, cores, gpus)));
        }

        return new(Named(nodes, execution), Properties(execution), Number(execution, "starttime"), Number(execution, "expiration"));
    }

    internal static void Write(Utf8JsonWriter writer, ResourceSet set)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", 1);
        writer.WriteStartObject("execution");
        writer.WriteStartArray("R_lite");
        foreach (var group in set.Nodes.GroupBy(node => (node.Cores, node.Gpus)))
        {
            writer.WriteStartObject();
            writer.WriteString("rank", IdSet.Of(group.Select(node => node.Rank)).ToString());
            writer.WriteStartObject("children");
            WriteIds(writer, "core", group.Key.Cores);
            WriteIds(writer, "gpu", group.Key.Gpus);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteReal(JsonEncodedText.Encode("starttime"), set.StartTime);
        writer.WriteReal(JsonEncodedText.Encode("expiration"), set.Expiration);
        writer.WriteStartArray("nodelist");
        writer.WriteStringValue(set.Hosts.ToString());
        writer.WriteEndArray();
        if (set.Properties.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach (var (name, ranks) in set.Properties)
            {
                writer.WriteString(name, ranks.ToString());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static IEnumerable<ResourceNode> Named(List<ResourceNode> nodes, JsonElement execution)
    {
        if (!execution.TryGet("nodelist", JsonValueKind.Array, out var nodelist))
        {
            return nodes;
        }

        var hosts = nodelist.EnumerateArray().Select(Text).Select(Hostlist.Parse).ToList();
        var count = hosts.Aggregate(0L, (sum, list) => long.Min(sum + long.Min(list.Count, MostRanks + 1), MostRanks + 1));
        var ranks = nodes.Select(node => node.Rank).Distinct().Order().ToList();
        if (count == 0)
        {
            return nodes;
        }

        if (count != ranks.Count)
        {
            throw new FormatException($"R names {count} hosts for {ranks.Count} ranks.");
        }

        var hostOf = ranks.Zip(hosts.SelectMany(list => list)).ToDictionary(pair => pair.First, pair => Strings.Share(pair.Second));
        return nodes.Select(node => node with { Host = hostOf[node.Rank] });
    }

    private static Dictionary<string, IdSet> Properties(JsonElement execution) =>
        execution.TryGet("properties", JsonValueKind.Object, out var properties)
            ? properties.EnumerateObject().Select(Property).DistinctBy(each => each.Key).ToDictionary()
            : [];

    private static KeyValuePair<string, IdSet> Property(JsonProperty property)
    {
        try
        {
            return new(property.Name, IdSet.Parse(Text(property.Value)));
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("The name of a property is not Unicode.", exception);
        }
    }

    private static IdSet Ids(JsonElement children, string name) =>
        children.TryGet(name, JsonValueKind.String, out var ids) ? IdSet.Parse(Strings.Share(ids)) : IdSet.Empty;

    private static double Number(JsonElement execution, string name) =>
        execution.Get(name).Real() ?? 0;

    private static string Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Strings.Share(element) : throw new FormatException("R has something else where a string belongs.");

    private static void WriteIds(Utf8JsonWriter writer, string name, IdSet ids)
    {
        if (ids.LongCount > 0)
        {
            writer.WriteString(name, ids.ToString());
        }
    }
}
