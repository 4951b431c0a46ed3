using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Jobs;

/// <content>What happens to jobs, as it happens.</content>
internal sealed partial class TenantJobs
{
    /// <summary>Follows all jobs that this tenant may see; to be disposed.</summary>
    /// <param name="after">The last event that is known; null to begin now.</param>
    /// <param name="mine">Only the tenant's own, although there are others to see.</param>
    /// <exception cref="TooManyStreamsException">The tenant follows too many already.</exception>
    public async Task<JobFollower> FollowAsync(JobEventId? after, bool mine, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return Follow(mine ? tenant.Id : Owner, null, after);
    }

    /// <summary>Follows one job, to be disposed; null if there is no such job.</summary>
    /// <inheritdoc cref="FollowAsync(JobEventId?, bool, CancellationToken)"/>
    public async Task<JobFollower?> FollowAsync(JobId id, JobEventId? after, CancellationToken cancellationToken) =>
        await FindEntryAsync(id, cancellationToken) is null ? null : Follow(Owner, id, after);

    /// <summary>The job as the index has it this moment; null if there is no such job any more.</summary>
    public JobEntry? Peek(JobId id) => index.Find(id) is { } entry && MaySee(entry) ? entry : null;

    /// <summary>The job as soon as it is so, or as it is when the time is up; null if there is no such job, or no more. Costs no thread.</summary>
    /// <exception cref="TooManyStreamsException">The tenant waits for too many already.</exception>
    public async Task<JobEntry?> WaitAsync(JobId id, Predicate<JobRecord> isReached, TimeSpan longest, CancellationToken cancellationToken)
    {
        var entry = await FindEntryAsync(id, cancellationToken);
        if (entry is null || isReached(entry.Record))
        {
            return entry;
        }

        using var deadline = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (true)
            {
                using var follower = Follow(Owner, id, null);
                do
                {
                    entry = await FindEntryAsync(id, cancellationToken);
                    if (entry is null || isReached(entry.Record))
                    {
                        return entry;
                    }
                }
                while (await NextAsync(follower, either.Token));
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return await FindEntryAsync(id, cancellationToken);
        }
    }

    // Whose the jobs are is asked of one job too: when the broker was started afresh, its id may be another tenant's.
    private JobFollower Follow(int? owner, JobId? id, JobEventId? after) => hub.Follow(tenant.Id, owner, id, after) ?? throw new TooManyStreamsException();

    // False if so much happened meanwhile that the rest was not kept.
    private static async ValueTask<bool> NextAsync(JobFollower follower, CancellationToken cancellationToken)
    {
        if (!await follower.Notices.WaitToReadAsync(cancellationToken))
        {
            return false;
        }

        while (follower.Notices.TryRead(out _))
        {
            // What it says, the index knows.
        }

        return true;
    }
}
