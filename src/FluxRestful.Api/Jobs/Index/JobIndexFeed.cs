using System.Text.Json;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Jobs.Index;

/// <summary>
/// Keeps the index like the broker: takes the journal's backlog as a new table, then follows event by event. After a loss it begins anew, since
/// events may have been missed and a broker that was started afresh hands out the same ids again.
/// </summary>
internal sealed partial class JobIndexFeed(
    BrokerConnection broker,
    JobIndex index,
    JobOwners owners,
    JobMarks marks,
    SubmissionsUnderWay underWay,
    PastJobs past,
    TimeProvider time,
    ILogger<JobIndexFeed> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Keeps the pace of the backoff by itself.
                await broker.Client.ConnectAsync(stoppingToken);
                await FollowAsync(stoppingToken);
            }
            catch (BrokerDisconnectedException)
            {
                // The client has logged it.
                index.MarkStale();
                continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // Whatever it is, a server whose index had silently stopped would be worse.
                Failed(failure);
            }

            index.MarkStale();
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One life of the journal.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var snapshot = new JobSnapshot(marks);
        var purges = FollowPurgesAsync(snapshot, subscribed, life);
        try
        {
            await Task.WhenAny(subscribed.Task, purges);
            await foreach (var entry in new EventsJournal(broker.Client).WatchAsync(full: true, life.Token))
            {
                await TakeAsync(snapshot, entry, life.Token);
            }
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // The purges could not be followed any more; why is what counts.
            await purges;
        }
        finally
        {
            await life.CancelAsync();
            await purges.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeAsync(JobSnapshot snapshot, JournalEntry entry, CancellationToken cancellationToken)
    {
        if (snapshot.IsComplete)
        {
            await FollowAsync(entry, cancellationToken);
        }
        else if (!entry.IsCaughtUp)
        {
            snapshot.Take(entry);
        }
        else
        {
            var started = time.GetTimestamp();
            var jobs = await owners.DecideAsync(snapshot.Jobs, cancellationToken);
            var table = new JobTable(jobs, await past.EarlierAsync(jobs, cancellationToken));
            index.Replace(table);
            snapshot.Complete().ForEach(past.Purge);
            past.CatchUp();
            MarkAllSeen();
            var count = table.Keys(null).Count;
            var milliseconds = time.GetElapsedTime(started).TotalMilliseconds;
            Synchronised(count, table.PurgedCount, milliseconds);
        }
    }

    private async Task FollowAsync(JournalEntry entry, CancellationToken cancellationToken)
    {
        // One that was purged is not this one: a broker that was started afresh hands out the same ids again.
        var before = index.Find(entry.JobId) is { IsPurged: false } known ? known.Record : null;
        var record = JobReducer.Apply(before, entry);
        if (record is null)
        {
            if (before is not null)
            {
                index.Remove(entry.JobId, "invalidate");
            }
        }
        else if (entry.Jobspec is not { } jobspec)
        {
            index.Update(record, entry.Events);
        }
        else if (marks.Verify(jobspec) is { } mark)
        {
            index.Put(await owners.DecideAsync(record, mark, index.FirstWithMark(mark.Request), cancellationToken), entry.Events);
            underWay.Find(mark.Request)?.MarkSeen();
        }
        else
        {
            index.Put(new JobEntry(record, null, JobOwner.Nobody), entry.Events);
        }

        if (record is { State: JobState.Inactive } && before is not { State: JobState.Inactive } && index.Find(entry.JobId) is { } ended)
        {
            past.Note(ended);
        }
    }

    /// <summary>The journal says nothing when a job is purged (surprise 14); an event does. Ends the life of the journal when it ends.</summary>
    private async Task FollowPurgesAsync(JobSnapshot snapshot, TaskCompletionSource subscribed, CancellationTokenSource life)
    {
        try
        {
            await foreach (var message in broker.Client.SubscribeAsync("job-purge-inactive", life.Token, () => subscribed.TrySetResult()))
            {
                foreach (var id in ReadPurged(message.Payload ?? default))
                {
                    if (!snapshot.TryNotePurge(id))
                    {
                        past.Purge(id);
                    }
                }
            }
        }
        finally
        {
            await life.CancelAsync();
        }
    }

    private static List<JobId> ReadPurged(ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload[..^1]);
        return [.. document.RootElement.GetProperty("jobs").EnumerateArray().Select(id => JobId.FromWire(id.GetInt64()))];
    }

    private void MarkAllSeen()
    {
        foreach (var (request, submission) in underWay.All)
        {
            if (index.FirstWithMark(request) is not null)
            {
                submission.MarkSeen();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The job index holds {Jobs} jobs, and {Purged} that Flux has purged (found in {Milliseconds:F0} ms)")]
    private partial void Synchronised(int jobs, int purged, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "The journal could not be followed; trying again")]
    private partial void Failed(Exception failure);
}
