namespace FluxRestful.Api.Jobs.Output;

/// <summary>What one answer has taken of the <see cref="OutputBudget"/>.</summary>
internal sealed class OutputShare(OutputBudget budget, int tenantId) : IDisposable
{
    // The budget is asked for pieces of this size, not line by line.
    private const long Piece = 64 * 1024;

    private long _taken;
    private long _used;

    /// <exception cref="OutputBusyException">There is no more at the moment.</exception>
    public void Use(long bytes)
    {
        _used += bytes;
        if (_used <= _taken)
        {
            return;
        }

        var more = Math.Max(Piece, _used - _taken);
        if (!budget.TryTake(tenantId, more))
        {
            throw new OutputBusyException();
        }

        _taken += more;
    }

    public void Dispose()
    {
        if (_taken > 0)
        {
            budget.Return(tenantId, _taken);
            _taken = 0;
        }
    }
}
