namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>The place of a block, which stays when the block itself was given up: it can be read again.</summary>
internal sealed class BlockSlot(OutputBlock block)
{
    private volatile OutputBlock? _block = block;

    internal long First { get; } = block.First;

    internal long Next { get; } = block.Next;

    internal int Weight { get; } = block.Weight;

    /// <summary>Null if it was given up. Written by <see cref="BlockCache"/> alone.</summary>
    internal OutputBlock? Block { get => _block; set => _block = value; }

    /// <summary>Its place among all blocks in memory; the cache's.</summary>
    internal LinkedListNode<BlockSlot>? Node { get; set; }

    /// <summary>Whether this is the block that was here: reading again must find the same.</summary>
    internal bool Fits(OutputBlock block) => block.First == First && block.Next == Next && block.Weight == Weight;
}
