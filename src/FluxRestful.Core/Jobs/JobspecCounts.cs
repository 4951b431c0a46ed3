using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace FluxRestful.Core.Jobs;

/// <summary>How much a jobspec asks for (RFC 14, RFC 25), as far as can be told before anything is allocated.</summary>
/// <param name="Nodes">Nodes asked for; 0 if the jobspec leaves them to the scheduler.</param>
/// <param name="Slots">Slots in all.</param>
/// <param name="SlotSize">Cores of a slot.</param>
/// <param name="SlotGpus">GPUs of a slot.</param>
/// <param name="Exclusive">Whole nodes.</param>
/// <param name="Tasks">Tasks; unknown if they are counted by a resource that is known only later.</param>
/// <param name="TasksPerNode">Tasks of each allocated node, if they are counted so and the nodes are not known yet; else 0.</param>
/// <param name="TasksPerCore">Tasks of each allocated core, if they are counted so and the cores are not known yet; else 0.</param>
public readonly record struct JobspecCounts(
    int Nodes, int Slots, int SlotSize, int SlotGpus, bool Exclusive, int? Tasks, int TasksPerNode = 0, int TasksPerCore = 0)
{
    // Deeper nesting means nothing in RFC 25; it is refused before it can exhaust the stack.
    private const int DeepestLevel = 32;

    /// <summary>Cores; unknown for exclusive nodes, which bring as many as they have.</summary>
    public int? Cores => Exclusive && Nodes > 0 ? null : Slots * SlotSize;

    /// <summary>Reads the counts.</summary>
    /// <param name="jobspec">A jobspec of version 1.</param>
    /// <param name="counts">What it asks for.</param>
    /// <param name="error">Why they cannot be told.</param>
    public static bool TryRead(JsonElement jobspec, out JobspecCounts counts, [NotNullWhen(false)] out string? error)
    {
        var walk = new Walk();
        counts = default;
        error = jobspec.Get("resources") is { } resources ? walk.Level(resources, 0, 1) : "at top level: Object item not found: resources";
        error ??= (walk.Slots, walk.SlotSize) switch
        {
            ( <= 0, _) => "Unable to determine slot count",
            (_, <= 0) => "Unable to determine slot size",
            _ => null,
        };
        var slots = walk.Slots * Math.Max(walk.Nodes, 1);
        if (error is null && slots * walk.SlotSize > int.MaxValue)
        {
            error = "The counts exceed what a number can hold";
        }

        if (error is not null)
        {
            return false;
        }

        counts = new((int)walk.Nodes, (int)slots, (int)walk.SlotSize, (int)walk.SlotGpus, walk.Exclusive, null);
        return TryCountTasks(jobspec, ref counts, out error);
    }

    // The shell option per-resource fills a gap of version 1: tasks by node or by core.
    private static bool TryCountTasks(JsonElement jobspec, ref JobspecCounts counts, [NotNullWhen(false)] out string? error)
    {
        error = null;
        if (jobspec.Get("attributes", "system", "shell", "options", "per-resource") is { } perResource)
        {
            var count = perResource.Get("count") is { } given ? ((JsonElement?)given).SmallInteger() ?? 0 : 1;
            if (perResource.Get("type").Text() is not { } type || count < 1)
            {
                error = "invalid per-resource spec";
                return false;
            }

            if (type is "node" or "core")
            {
                counts = (type, counts.Nodes > 0) switch
                {
                    ("node", true) => counts with { Tasks = Product(counts.Nodes, count) },
                    ("node", false) => counts with { TasksPerNode = count },
                    (_, false) => counts with { Tasks = Product(counts.Slots * counts.SlotSize, count) },
                    (_, true) => counts with { TasksPerCore = count },
                };
                return true;
            }
        }

        var total = jobspec.TryGet("tasks", JsonValueKind.Array, out var tasks) && tasks.GetArrayLength() > 0
            ? tasks[0].Get("count", "total").SmallInteger()
            : null;
        counts = counts with { Tasks = total ?? counts.Slots };
        return true;
    }

    internal static int Product(int left, int right) => (int)Math.Min((long)left * right, int.MaxValue);

    private sealed class Walk
    {
        internal long Nodes { get; private set; }

        internal long Slots { get; private set; }

        internal long SlotSize { get; private set; }

        internal long SlotGpus { get; private set; }

        internal bool Exclusive { get; private set; }

        internal string? Level(JsonElement vertices, int level, long factor)
        {
            if (vertices.ValueKind != JsonValueKind.Array || level > DeepestLevel)
            {
                return $"level {level}: must be an array";
            }

            foreach (var vertex in vertices.EnumerateArray())
            {
                if (Vertex(vertex, level, factor) is { } error)
                {
                    return error;
                }
            }

            return null;
        }

        private string? Vertex(JsonElement vertex, int level, long factor)
        {
            if (vertex.Get("type").Text() is not { } type || vertex.Get("count").SmallInteger() is not { } count)
            {
                return $"level {level}: a resource lacks its type or count";
            }

            if (count <= 0)
            {
                return $"Invalid count {count} for type '{type}'";
            }

            factor *= count;
            if (factor > int.MaxValue)
            {
                return "The counts exceed what a number can hold";
            }

            switch (type)
            {
                case "node":
                    Nodes = factor;
                    Exclusive |= vertex.TryGet("exclusive", JsonValueKind.True, out _);
                    break;
                case "slot":
                    Slots = count;
                    break;
                case "core":
                    SlotSize = count;
                    break;
                case "gpu":
                    SlotGpus = count;
                    break;
                default:
                    break;
            }

            return vertex.Get("with") is { } with ? Level(with, level + 1, factor) : null;
        }
    }
}
