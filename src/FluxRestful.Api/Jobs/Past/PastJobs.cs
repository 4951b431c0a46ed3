using System.Threading.Channels;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Past;

/// <summary>
/// Records jobs that have ended, so that they are known when Flux has purged them. What ends is gathered and written in batches; what could not be
/// queued or written, or ended while no server ran, is found by going through the index: nothing is waited for, and nothing is written twice.
/// </summary>
internal sealed partial class PastJobs(PastJobStore store, JobIndex index, IOptions<PastJobOptions> options, TimeProvider time, ILogger<PastJobs> logger)
    : BackgroundService
{
    internal const int BatchSize = 512;
    private const int Waiting = 4096;

    // Purges that are heard of before the end of the job is.
    private const int MostEarly = 10_000;

    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TrimEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(3);

    private readonly Channel<JobEntry> _ended = Channel.CreateBounded<JobEntry>(Waiting);
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<JobId> _purgedEarly = [];
    private volatile bool _isBehind;

    private bool IsOn => options.Value.Days > 0;

    /// <summary>Who ended before is not kept any more; seconds since 1970.</summary>
    internal double Oldest => (time.GetUtcNow() - TimeSpan.FromDays(options.Value.Days)).ToUnixTimeMilliseconds() / 1000.0;

    /// <summary>A job has ended, or its owner has become known.</summary>
    internal void Note(JobEntry entry)
    {
        if (!IsKept(entry.Record))
        {
            return;
        }

        if (!_ended.Writer.TryWrite(entry))
        {
            _isBehind = true;
        }

        _calls.Writer.TryWrite(true);
        bool isGone;
        lock (_purgedEarly)
        {
            isGone = _purgedEarly.Remove(entry.Record.Id);
        }

        if (isGone)
        {
            Purge(entry.Record.Id);
        }
    }

    /// <summary>Flux has purged the job.</summary>
    internal void Purge(JobId id)
    {
        if (index.Find(id) is not { IsPurged: false } entry)
        {
            return;
        }

        if (IsKept(entry.Record))
        {
            index.MarkPurged(id);
            index.TrimPurged(double.NegativeInfinity, options.Value.Listed);
        }
        else if (!IsOn || entry.Record.State == JobState.Inactive || !IsEarly(id))
        {
            index.Remove(id);
        }
    }

    /// <summary>What was known before the broker's backlog came: at the start from the database, later from the index.</summary>
    /// <param name="backlog">What the broker has.</param>
    internal async Task<EarlierJobs> EarlierAsync(IReadOnlyCollection<JobEntry> backlog, CancellationToken cancellationToken)
    {
        lock (_purgedEarly)
        {
            _purgedEarly.Clear();
        }

        if (!IsOn)
        {
            return EarlierJobs.None;
        }

        var most = options.Value.Listed;
        if (index.Ready.IsCompleted)
        {
            return new EarlierJobs(index.Ended().Where(entry => IsKept(entry.Record)).OrderByDescending(entry => entry.Record.TInactive).ToList(), most, index.Edge);
        }

        var known = backlog.Select(entry => (entry.Record.Id, entry.Record.TSubmit ?? 0)).ToHashSet();
        return await store.LoadAsync(Oldest, most, (id, submitted) => known.Contains((id, submitted)), cancellationToken);
    }

    /// <summary>The index is new: what is in it and not recorded is to be.</summary>
    internal void CatchUp()
    {
        _isBehind = IsOn;
        _calls.Writer.TryWrite(true);
    }

    /// <summary>The job of this id, if it is so old that the index does not have it; null: none is kept.</summary>
    internal async ValueTask<JobEntry?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        IsOn && index.Edge >= Oldest ? await store.FindAsync(id, Oldest, cancellationToken) : null;

    /// <summary>Of the jobs that the index does not have any more: whose they were, what they had and how they ended; usually there are none.</summary>
    /// <param name="since">Those that ended then or later; seconds since 1970.</param>
    /// <param name="edge">The index's when it was looked at: what it lost since then has been seen there.</param>
    /// <param name="owner">Null: everybody's.</param>
    internal async IAsyncEnumerable<JobEntry> BeyondIndexAsync(
        double since, double edge, int? owner, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        since = Math.Max(since, Oldest);
        if (!IsOn || edge < since)
        {
            yield break;
        }

        await foreach (var entry in store.ReadAsync(since, edge, owner, cancellationToken))
        {
            if (index.Find(entry.Record.Id) is not { } known || !PurgedJobs.IsSame(known.Record, entry.Record))
            {
                yield return entry;
            }
        }
    }

    /// <summary>Writes what there is to write.</summary>
    internal async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var batch = new List<JobEntry>();
            while (_ended.Reader.TryPeek(out _))
            {
                batch.Clear();
                while (batch.Count < BatchSize && _ended.Reader.TryRead(out var entry))
                {
                    batch.Add(entry);
                }

                // The last that is told of a job counts.
                batch.Reverse();
                await store.WriteAsync(batch, cancellationToken);
            }

            if (_isBehind)
            {
                _isBehind = false;
                var found = 0;
                foreach (var some in index.Ended().Where(entry => IsKept(entry.Record)).Chunk(BatchSize))
                {
                    found += await store.WriteAsync(some, cancellationToken);
                }

                CaughtUp(found);
            }
        }
        catch
        {
            _isBehind = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets what is older than the records are kept.</summary>
    internal async Task TrimAsync(CancellationToken cancellationToken)
    {
        var oldest = IsOn ? Oldest : double.MaxValue;
        index.TrimPurged(oldest, options.Value.Listed);
        if (await store.TrimAsync(oldest, cancellationToken) is > 0 and var count)
        {
            Trimmed(count);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // What is lost here is found in the journal at the next start, if Flux has not purged it until then.
            using var patience = new CancellationTokenSource(LongestDrain, time);
            await FlushAsync(patience.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Failed(failure);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(
            async () =>
            {
                await _calls.Reader.ReadAsync(stoppingToken);
                await Task.Delay(Gather, time, stoppingToken);
                await FlushAsync(stoppingToken);
            },
            stoppingToken),
        RepeatAsync(
            async () =>
            {
                await TrimAsync(stoppingToken);
                await Task.Delay(TrimEvery, time, stoppingToken);
            },
            stoppingToken));

    private async Task RepeatAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Failed(failure);
                await Task.Delay(Patience, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _calls.Writer.TryWrite(true);
            }
        }
    }

    private bool IsKept(JobRecord job) => IsOn && job.State == JobState.Inactive && job.TInactive >= Oldest;

    private bool IsEarly(JobId id)
    {
        lock (_purgedEarly)
        {
            if (_purgedEarly.Count < MostEarly)
            {
                _purgedEarly.Add(id);
                return true;
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Jobs} jobs had ended without a record")]
    private partial void CaughtUp(int jobs);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Jobs} records of ended jobs were old enough to go")]
    private partial void Trimmed(int jobs);

    [LoggerMessage(Level = LogLevel.Error, Message = "The records of ended jobs could not be written; trying again")]
    private partial void Failed(Exception failure);
}
