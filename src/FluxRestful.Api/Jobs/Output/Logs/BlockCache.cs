using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>The blocks of all outputs that are in memory. When they are too much, the one that was not used for longest goes.</summary>
internal sealed class BlockCache(IOptions<JobOptions> options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<BlockSlot> _inMemory = new();
    private long _bytes;

    internal long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How much is read in one go when a block that was given up is wanted again.</summary>
    internal long ReadAhead => options.Value.MaxOutputCacheBytes / 4;

    /// <summary>A block came, or came again.</summary>
    internal void Keep(BlockSlot slot, OutputBlock block)
    {
        lock (_gate)
        {
            if (slot.Node is null)
            {
                slot.Block = block;
                slot.Node = _inMemory.AddFirst(slot);
                _bytes += slot.Weight;
                while (_bytes > options.Value.MaxOutputCacheBytes && _inMemory.Last is { } oldest && oldest.Value != slot)
                {
                    Remove(oldest.Value);
                }
            }
        }
    }

    /// <summary>The block, if it is in memory.</summary>
    internal OutputBlock? Use(BlockSlot slot)
    {
        var block = slot.Block;
        if (block is not null)
        {
            lock (_gate)
            {
                if (slot.Node is { } node && node != _inMemory.First)
                {
                    _inMemory.Remove(node);
                    _inMemory.AddFirst(node);
                }
            }
        }

        return block;
    }

    internal void Drop(IEnumerable<BlockSlot> slots)
    {
        lock (_gate)
        {
            foreach (var slot in slots)
            {
                Remove(slot);
            }
        }
    }

    private void Remove(BlockSlot slot)
    {
        if (slot.Node is { } node)
        {
            _inMemory.Remove(node);
            _bytes -= slot.Weight;
            (slot.Node, slot.Block) = (null, null);
        }
    }
}
