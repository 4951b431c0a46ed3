using FluxRestful.Core.Jobs;

namespace FluxRestful.Core.Resources;

/// <summary>Whether what a jobspec asks for is to be had: counted by node, for a slot does not go over two of them.</summary>
public static class ResourceFit
{
    /// <summary>Tells whether there is enough.</summary>
    /// <param name="asked">What the jobspec asks for.</param>
    /// <param name="free">What may be taken.</param>
    /// <param name="all">What there is of it at all: an exclusive node must be wholly free.</param>
    public static bool Fits(JobspecCounts asked, ResourceSet free, ResourceSet all)
    {
        var (cores, gpus) = (Math.Max(asked.SlotSize, 1), asked.SlotGpus);
        long Slots(ResourceNode node) => Math.Min(node.Cores.LongCount / cores, gpus == 0 ? long.MaxValue : node.Gpus.LongCount / gpus);

        if (asked.Nodes == 0)
        {
            return free.Nodes.Sum(Slots) >= asked.Slots;
        }

        var slotsOfNode = Math.Max(asked.Slots / asked.Nodes, 1);
        return free.Nodes.Count(node => Slots(node) >= slotsOfNode && (!asked.Exclusive || IsWhole(node, all))) >= asked.Nodes;
    }

    private static bool IsWhole(ResourceNode node, ResourceSet all) =>
        all[node.Rank] is { } whole && whole.Cores.LongCount == node.Cores.LongCount && whole.Gpus.LongCount == node.Gpus.LongCount;
}
