using System.Threading.Channels;
using FluxRestful.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace FluxRestful.Api.Jobs.Ownership;

/// <summary>
/// Whose jobs are whose, on the disk. All writes go through one queue to one writer, which commits whatever has gathered as one transaction:
/// a lone submit waits for one commit, a thousand at once share a few.
/// </summary>
internal sealed partial class SubmissionLedger(
    IDbContextFactory<FluxDb> databases, DatabaseFlush disk, TimeProvider time, ILogger<SubmissionLedger> logger) : BackgroundService
{
    private const int Waiting = 4096;
    private const int BatchSize = 512;

    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(3);

    private readonly Channel<LedgerWrite> _writes = Channel.CreateBounded<LedgerWrite>(new BoundedChannelOptions(Waiting) { SingleReader = true });

    // The writer's alone; closed after a failure, for who knows what state it is in.
    private SubmittedJobStatements? _statements;

    /// <summary>Returns when it is written that this request is this tenant's: from here on it survives the end of the server.</summary>
    /// <exception cref="NotRecordedException">It cannot be written.</exception>
    public Task RecordAsync(Guid request, int tenantId, CancellationToken cancellationToken) => RecordAsync([request], tenantId, cancellationToken);

    /// <summary>The same of several, which share a commit. One that was recorded before, for a submit that is repeated, stays as it is.</summary>
    /// <exception cref="NotRecordedException">One of them cannot be written.</exception>
    public async Task RecordAsync(IReadOnlyList<Guid> requests, int tenantId, CancellationToken cancellationToken)
    {
        try
        {
            var written = new List<Task>(requests.Count);
            foreach (var request in requests)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await _writes.Writer.WriteAsync(new(LedgerWrite.Kinds.Record, request, tenantId, Written: done), cancellationToken);
                written.Add(done.Task);
            }

            await Task.WhenAll(written).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new NotRecordedException(failure);
        }
    }

    /// <summary>Returns when what was recorded before survives the end of the machine too. A disk takes milliseconds, which the broker takes anyway.</summary>
    /// <exception cref="IOException">The disk cannot be written.</exception>
    public Task FlushAsync(CancellationToken cancellationToken) => disk.FlushAsync(cancellationToken);

    /// <summary>Which job a request became. May be lost: the mark in the job says it again.</summary>
    public void Complete(Guid request, ulong jobId) => _writes.Writer.TryWrite(new(LedgerWrite.Kinds.Complete, request, JobId: jobId));

    /// <summary>No job came of it. May be lost: the row then claims nothing.</summary>
    public void Forget(Guid request) => _writes.Writer.TryWrite(new(LedgerWrite.Kinds.Forget, request));

    /// <summary>Writes anew what an earlier database knew. May be lost: the next start does it again.</summary>
    public void Adopt(Guid request, int tenantId, ulong jobId) => _writes.Writer.TryWrite(new(LedgerWrite.Kinds.Adopt, request, tenantId, jobId));

    /// <summary>What is recorded of these requests; those without a row are missing from the answer.</summary>
    public async Task<Dictionary<Guid, SubmissionRow>> FindAsync(IEnumerable<Guid> requests, CancellationToken cancellationToken)
    {
        var found = new Dictionary<Guid, SubmissionRow>();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (var some in requests.Select(Key).Distinct().Chunk(BatchSize))
        {
            await foreach (var row in db.SubmittedJobs.AsNoTracking().Where(row => some.Contains(row.RequestId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                found[Guid.ParseExact(row.RequestId, "N")] = new SubmissionRow(row.TenantId, (ulong?)row.JobId);
            }
        }

        return found;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _writes.Writer.TryComplete();
        // Its own bound: the host's may have been used up by what was stopped before. What is lost after it, the marks say again.
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(LongestDrain, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ExecuteTask is { IsCompleted: false })
        {
            NotDrained(_writes.Reader.Count);
        }
    }

    /// <summary>Ends when the queue has been completed and emptied, not before: what was accepted is written.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<LedgerWrite>(BatchSize);
        while (await _writes.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < BatchSize && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            if (!await TryCommitAsync(batch) && batch.Count > 1)
            {
                // One that cannot be written must not take the others with it.
                foreach (var write in batch)
                {
                    await TryCommitAsync([write]);
                }
            }

            batch.Clear();
        }

        CloseStatements();
    }

    /// <summary>Whoever waits gets the failure; the writer goes on, for a full disk may be emptied.</summary>
    private async Task<bool> TryCommitAsync(List<LedgerWrite> batch)
    {
        try
        {
            await CommitAsync(batch, CancellationToken.None);
            batch.ForEach(write => write.Written?.TrySetResult());
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            WriteFailed(batch.Count, failure);
            CloseStatements();
            if (batch.Count == 1)
            {
                batch[0].Written?.TrySetException(failure);
            }

            return false;
        }
    }

    private async Task CommitAsync(List<LedgerWrite> batch, CancellationToken cancellationToken)
    {
        var statements = _statements ??= await SubmittedJobStatements.OpenAsync(databases, cancellationToken);
        await using var transaction = statements.Begin();
        var now = time.GetUtcNow();
        foreach (var write in batch)
        {
            var key = Key(write.Request);
            switch (write.Kind)
            {
                case LedgerWrite.Kinds.Record:
                    statements.AddIfMissing(key, write.TenantId, null, now);
                    break;
                case LedgerWrite.Kinds.Adopt:
                    statements.AddIfMissing(key, write.TenantId, (long?)write.JobId, now);
                    break;
                case LedgerWrite.Kinds.Complete:
                    statements.SetJobId(key, (long?)write.JobId);
                    break;
                case LedgerWrite.Kinds.Forget:
                    statements.Remove(key);
                    break;
            }
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private void CloseStatements()
    {
        _statements?.Dispose();
        _statements = null;
    }

    private static string Key(Guid request) => request.ToString("N");

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} ownership records could not be written")]
    private partial void WriteFailed(int count, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} ownership records were not written in time; the marks in the jobs will say the same")]
    private partial void NotDrained(int count);
}
