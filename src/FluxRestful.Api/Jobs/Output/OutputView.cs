using System.Runtime.CompilerServices;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Contracts.Jobs.Output;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs.Output;

/// <summary>
/// The output of one job, for one who reads it: by lines with true totals, or as it comes. Line numbers stay what they are while it is open and when it is
/// opened again. To be disposed.
/// </summary>
internal sealed class OutputView(JobId id, Func<JobRecord?> job, OutputLogs logs, OutputShare share, TimeProvider time) : IDisposable
{
    // However many lines are asked for, a page holds about this much.
    private const int MostBytes = 8 * 1024 * 1024;
    private const int MostBytesOnScreen = 1024 * 1024;
    private const int MostNumbers = 10_000;
    private const int CostOfLine = 150;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    private OutputLog? _log = logs.Enter(id);

    internal OutputLog Log => _log ?? throw new ObjectDisposedException(nameof(OutputView));

    /// <summary>Waits until what there was has been read.</summary>
    /// <exception cref="OutputBusyException">It takes long; it goes on, and asking again helps.</exception>
    internal async Task<OutputState> ReadyAsync(CancellationToken cancellationToken)
    {
        // Of a job that has not started a real broker says nothing at all, not even that there is nothing.
        if (job() is { State: not JobState.Inactive } waiting && (waiting.StatesSeen & JobState.Run) == 0)
        {
            return Log.State;
        }

        try
        {
            await Log.Ready.WaitAsync(LongestWait, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new OutputBusyException("The output is large and still being read; ask again.");
        }

        // Of a job that is over the broker says so behind the last line: that is waited for while lines come.
        var deadline = time.GetTimestamp() + (long)(LongestWait.TotalSeconds * time.TimestampFrequency);
        for (var before = -1L; job() is { State: JobState.Inactive } && !Log.Stopped.IsCompleted && Log.State.Total > before && time.GetTimestamp() < deadline;)
        {
            before = Log.State.Total;
            await Log.Stopped.WaitAsync(LongestEnd, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Log.State;
    }

    /// <summary>The same for whoever would rather have a part soon than all of it late: a broker needs a quarter of a minute for a million lines.</summary>
    /// <param name="line">As far as this is enough.</param>
    /// <returns>Whether what there was has been read.</returns>
    internal async Task<bool> ReadySoonAsync(long? line, CancellationToken cancellationToken)
    {
        if (line <= Log.State.Total)
        {
            return Log.Ready.IsCompleted;
        }

        using var soon = new CancellationTokenSource(Soon, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(soon.Token, cancellationToken);
        try
        {
            await ReadyAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>One page.</summary>
    internal async Task<OutputPage> ReadAsync(OutputQuery query, CancellationToken cancellationToken)
    {
        await ReadyAsync(cancellationToken);
        return await ReadNowAsync(query, cancellationToken);
    }

    /// <summary>One page of what has been read so far.</summary>
    internal async Task<OutputPage> ReadNowAsync(OutputQuery query, CancellationToken cancellationToken)
    {
        var state = Log.State;
        var filter = new OutputFilter(Log, query);
        var found = !query.HasSearch ? null : await SearchAsync(query, filter, state.Total, cancellationToken);
        var (lines, next) = query.Before is { } before
            ? await BackAsync(query, filter, Math.Min(before, state.Total + 1), cancellationToken)
            : await OnAsync(query, filter, state.Total, cancellationToken);
        var (redirects, warnings) = Log.Told;
        var first = lines.Count > 0 ? lines[0].Number : Math.Min(query.From, state.Total + 1);
        return new OutputPage(
            id.ToString(),
            Status(state),
            lines,
            state.Total,
            found?.Total ?? (query.IsUnfiltered ? state.Total : Log.Count(query.Wants)),
            redirects,
            warnings,
            next <= state.Total || !state.HasEnded ? next : null,
            first > 1 ? first : null,
            found is null ? null : [.. found.Numbers.SkipWhile(number => number < first).Take(MostNumbers)]);
    }

    /// <summary>The lines from one on: those that are there, and, if it is followed, those that come, to the end. Silent while nothing comes.</summary>
    /// <param name="last">The last line wanted; <see cref="long.MaxValue"/> to follow.</param>
    internal async IAsyncEnumerable<OutputSlice> SlicesAsync(long from, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (from <= last)
        {
            var state = Log.State;
            if (from <= state.Total)
            {
                var block = await Log.BlockAsync(from, cancellationToken);
                var start = (int)(from - block.First);
                var slice = new OutputSlice(block, start, (int)Math.Min(block.Lines.Length - start, last - from + 1));
                yield return slice;
                from = slice.Next;
            }
            else if (state.HasEnded)
            {
                yield break;
            }
            else
            {
                await Log.ChangedAsync(from - 1, changes: null, cancellationToken);
            }
        }
    }

    internal string Status(OutputState state)
    {
        var hasRun = ((job()?.StatesSeen ?? JobState.Run) & JobState.Run) != 0;
        return state.HasEnded ? state.Total == 0 && !hasRun ? "never-ran" : "ended" : hasRun ? "running" : "pending";
    }

    /// <summary>Takes so many bytes of the reader's share, until this is disposed.</summary>
    /// <exception cref="OutputBusyException">There is no more at the moment.</exception>
    internal void Use(long bytes) => share.Use(bytes);

    public void Dispose()
    {
        if (_log is { } log)
        {
            _log = null;
            logs.Leave(log);
            share.Dispose();
        }
    }

    private async Task<(List<OutputLine> Lines, long Next)> OnAsync(OutputQuery query, OutputFilter filter, long total, CancellationToken cancellationToken)
    {
        var lines = new List<OutputLine>();
        var bytes = 0L;
        await foreach (var slice in SlicesAsync(query.From, total, cancellationToken))
        {
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                if (!filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                {
                    continue;
                }

                if (lines.Count == query.Limit || bytes > MostBytesOf(query))
                {
                    return (lines, slice.Block.First + i);
                }

                bytes += Add(lines, OutputLineText.Tell(Log, slice.Block, i, query));
            }
        }

        return (lines, Math.Max(query.From, total + 1));
    }

    private async Task<(List<OutputLine> Lines, long Next)> BackAsync(OutputQuery query, OutputFilter filter, long before, CancellationToken cancellationToken)
    {
        var lines = new List<OutputLine>();
        var bytes = 0L;
        for (var at = before - 1; at >= 1 && lines.Count < query.Limit && bytes <= MostBytesOf(query);)
        {
            var block = await Log.BlockAsync(at, cancellationToken);
            for (var i = (int)(at - block.First); i >= 0 && lines.Count < query.Limit && bytes <= MostBytesOf(query); i--)
            {
                if (filter.Fits(block, block.Lines.Span[i]))
                {
                    bytes += Add(lines, OutputLineText.Tell(Log, block, i, query));
                }
            }

            at = block.First - 1;
        }

        lines.Reverse();
        return (lines, before);
    }

    private static int MostBytesOf(OutputQuery query) => query.IsForScreen ? MostBytesOnScreen : MostBytes;

    // A page takes memory until its client has it.
    private int Add(List<OutputLine> lines, OutputLine line)
    {
        Use(CostOfLine + (2L * line.Text.Length));
        lines.Add(line);
        return line.Text.Length;
    }

    private async Task<Found> SearchAsync(OutputQuery query, OutputFilter filter, long total, CancellationToken cancellationToken)
    {
        var found = new Found();
        await foreach (var slice in SlicesAsync(1, total, cancellationToken))
        {
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                if (filter.Fits(slice.Block, slice.Block.Lines.Span[i]))
                {
                    found.Add(slice.Block.First + i, query);
                }
            }
        }

        return found;
    }

    // Of very many matches only those that can be shown: from a line on, or the last before one.
    private sealed class Found
    {
        internal long Total { get; private set; }

        internal Queue<long> Numbers { get; } = new();

        internal void Add(long number, OutputQuery query)
        {
            Total++;
            if (query.Before is { } before ? number >= before : number < query.From || Numbers.Count == MostNumbers)
            {
                return;
            }

            Numbers.Enqueue(number);
            if (Numbers.Count > MostNumbers)
            {
                Numbers.Dequeue();
            }
        }
    }
}
