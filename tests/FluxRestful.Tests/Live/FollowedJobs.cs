using System.Collections.Concurrent;
using FluxRestful.Core;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Services;

namespace FluxRestful.Tests.Live;

/// <summary>Job records made of the journal, as the server makes them.</summary>
internal sealed class FollowedJobs : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<JobId, JobRecord> _records = new();
    private readonly Task _following;

    internal FollowedJobs(BrokerClient client, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _following = FollowAsync(new EventsJournal(client), _stop.Token);
    }

    internal IReadOnlyDictionary<JobId, JobRecord> Records => _records;

    /// <summary>Completes when all that was there before is known.</summary>
    internal Task CaughtUp => _caughtUp.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }

        _stop.Dispose();
    }

    private async Task FollowAsync(EventsJournal journal, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.WatchAsync(full: true, cancellationToken))
        {
            if (entry.IsCaughtUp)
            {
                _caughtUp.SetResult();
                continue;
            }

            if (JobReducer.Apply(_records.GetValueOrDefault(entry.JobId), entry) is { } record)
            {
                _records[entry.JobId] = record;
            }
            else
            {
                _records.TryRemove(entry.JobId, out _);
            }
        }
    }
}
