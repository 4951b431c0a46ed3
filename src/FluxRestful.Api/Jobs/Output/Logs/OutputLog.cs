using FluxRestful.Contracts.Jobs.Output;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Output;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Errors;

namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>
/// What one job writes, for all who read it: one watch at the broker, lines with numbers that stay, the newest blocks in memory. What was given up is read
/// from the broker again, a good piece at a time, for the broker has no way but from the beginning.
/// </summary>
internal sealed class OutputLog : IAsyncDisposable
{
    private readonly JobId _id;
    private readonly JobInfo _info;
    private readonly BlockCache _cache;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _leaving = new();
    private readonly SemaphoreSlim _readingAgain = new(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Under this lock, but for what is in the slots.
    private readonly Lock _gate = new();
    private readonly List<BlockSlot> _slots = [];
    private readonly LineGatherer _gatherer;
    private TaskCompletionSource? _changed;
    private Exception? _failure;
    private bool _hasEnded;

    private readonly Task _watching;

    internal OutputLog(JobId id, JobInfo info, BlockCache cache, TimeProvider time)
    {
        (_id, _info, _cache, _time) = (id, info, cache, time);
        _gatherer = new LineGatherer(Seal);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>What there was when it was opened has been read.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>It is complete, or will not go on.</summary>
    internal Task Stopped => _watching;

    /// <summary>For <see cref="OutputLogs"/>: how many read it, and since when nobody does.</summary>
    internal int Readers { get; set; }

    internal long IdleSince { get; set; }

    /// <exception cref="Exception">Why it cannot be read.</exception>
    internal OutputState State
    {
        get
        {
            lock (_gate)
            {
                return _failure is null ? new(_gatherer.Total, _hasEnded) : throw Failure();
            }
        }
    }

    internal (IReadOnlyList<OutputRedirection> Redirects, IReadOnlyList<string> Warnings) Told
    {
        get
        {
            lock (_gate)
            {
                return ([.. _gatherer.Redirects], [.. _gatherer.Warnings]);
            }
        }
    }

    internal OutputSource Source(int index)
    {
        lock (_gate)
        {
            return _gatherer.Sources[index];
        }
    }

    /// <summary>How many lines come from sources that are wanted.</summary>
    internal long Count(Func<OutputSource, bool> isWanted)
    {
        lock (_gate)
        {
            return _gatherer.Sources.Zip(_gatherer.Counts).Sum(source => isWanted(source.First) ? source.Second : 0);
        }
    }

    /// <summary>All that there is at this moment, with what has no line end yet.</summary>
    internal (long Total, IReadOnlyList<(OutputSource Source, byte[] Bytes)> Unfinished) Everything
    {
        get
        {
            lock (_gate)
            {
                return (_gatherer.Total, _gatherer.Unfinished());
            }
        }
    }

    /// <summary>What stands behind the last line; of many tasks' begun lines those that changed last.</summary>
    /// <param name="width">How many bytes of each.</param>
    internal OutputTip Tip(Func<OutputSource, bool> isWanted, int most, int width)
    {
        lock (_gate)
        {
            return new(_gatherer.Total, _gatherer.Changes, _gatherer.Begun(isWanted, most, width));
        }
    }

    /// <summary>The block with that line, which must be there.</summary>
    internal async ValueTask<OutputBlock> BlockAsync(long line, CancellationToken cancellationToken)
    {
        var (index, slot, open) = Find(line);
        return open ?? _cache.Use(slot!) ?? await ReadAgainAsync(index, cancellationToken);
    }

    /// <summary>Waits until there are more lines than that, or no more will come.</summary>
    /// <param name="changes">Or what stands behind them is not what it was in <see cref="OutputTip"/>; null if that does not matter.</param>
    internal Task ChangedAsync(long total, long? changes, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_hasEnded || _failure is not null || _gatherer.Total > total || (changes is { } seen && _gatherer.Changes != seen))
            {
                return Task.CompletedTask;
            }

            _changed ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _changed.Task.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _watching;
        BlockSlot[] slots;
        lock (_gate)
        {
            slots = [.. _slots];
        }

        _cache.Drop(slots);
    }

    private (int Index, BlockSlot? Slot, OutputBlock? Open) Find(long line)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw Failure();
            }

            if (line >= _gatherer.First)
            {
                return (_slots.Count, null, _gatherer.Open);
            }

            var (low, high) = (0, _slots.Count - 1);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = _slots[middle].Next > line ? (low, middle) : (middle + 1, high);
            }

            return (low, _slots[low], null);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            var end = await OutputEntries.ReadAsync(_info, _id, Add, () => _ready.TrySetResult(), _leaving.Token);
            Change(() =>
            {
                _gatherer.End(end);
                _hasEnded = true;
            });
        }
        catch (Exception failure)
        {
            // Those who read it are told; whoever opens it next begins anew.
            Change(() => _failure = failure is BrokerException unknown && unknown.IsUnknownJob() ? new OutputPurgedException() : failure);
        }

        _ready.TrySetResult();
    }

    private bool Add(OutputEntryReader entry)
    {
        Change(() => _gatherer.Add(entry));
        return true;
    }

    private void Change(Action change)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, null);
        }

        changed?.SetResult();
    }

    private void Seal(OutputBlock block)
    {
        var slot = new BlockSlot(block);
        _slots.Add(slot);
        _cache.Keep(slot, block);
    }

    // From the beginning, for there is no other way; then a good piece around the block, so that the next ones are there: on in three quarters of it, back in one.
    private async Task<OutputBlock> ReadAgainAsync(int wanted, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _leaving.Token);
        await _readingAgain.WaitAsync(either.Token);
        try
        {
            List<BlockSlot> slots;
            lock (_gate)
            {
                slots = [.. _slots];
            }

            if (_cache.Use(slots[wanted]) is { } there)
            {
                return there;
            }

            var first = wanted;
            for (var before = _cache.ReadAhead / 4; first > 0 && (before -= slots[first - 1].Weight) >= 0; first--)
            {
            }

            OutputBlock? found = null;
            var index = 0;
            var rest = _cache.ReadAhead;
            var gatherer = new LineGatherer(block =>
            {
                if (index >= first && index < slots.Count)
                {
                    _ = slots[index].Fits(block) ? true : throw new OutputChangedException();
                    rest -= block.Weight;
                    _cache.Keep(slots[index], block);
                    found = index == wanted ? block : found;
                }

                index++;
            });
            var goesOn = true;
            var end = await OutputEntries.ReadAsync(
                _info,
                _id,
                entry =>
                {
                    gatherer.Add(entry);
                    return goesOn = index < slots.Count && (found is null || rest > 0);
                },
                () => { },
                either.Token);
            if (goesOn)
            {
                gatherer.End(end);
            }

            return found ?? throw new OutputChangedException();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Closed();
        }
        catch (OutputChangedException changed)
        {
            Change(() => _failure = changed);
            throw;
        }
        finally
        {
            _readingAgain.Release();
        }
    }

    private Exception Failure() => _failure is OperationCanceledException ? Closed() : _failure!;

    private static OutputBusyException Closed() => new("The output is not read any more; ask again.");
}
