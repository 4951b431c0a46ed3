using FluxRestful.Core.Jobs;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>
/// Gives what the one journal tells to everybody who follows jobs, and keeps the last of it for those who come back. The index alone tells it
/// something. It waits for nobody.
/// </summary>
internal sealed class JobEventHub(IOptions<JobEventOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Queue<JobNotice> _window = [];
    private readonly Dictionary<int, int> _streams = [];
    private readonly HashSet<JobFollower> _followers = [];
    private JobEventId _last = new("", 0);
    private long _bytes;

    // The last event that the window has no more: whoever has seen that one has missed nothing.
    private long _forgotten;

    public void Publish(JobNotice notice)
    {
        lock (_gate)
        {
            _last = notice.Id;
            _window.Enqueue(notice);
            _bytes += notice.Json.Length;
            while (_window.Count > options.Value.Window || _bytes > options.Value.WindowBytes)
            {
                var oldest = _window.Dequeue();
                _bytes -= oldest.Json.Length;
                _forgotten = oldest.Id.Sequence;
            }

            Tell(notice);
        }
    }

    /// <summary>The index begins anew: nobody knows what happened meanwhile.</summary>
    public void Reset(JobEventId id)
    {
        lock (_gate)
        {
            _last = id;
            _forgotten = id.Sequence;
            _window.Clear();
            _bytes = 0;
            Tell(JobNotice.Reset(id));
        }
    }

    /// <summary>Begins to follow; to be disposed. Null if the tenant follows too many already.</summary>
    /// <param name="tenantId">Who.</param>
    /// <param name="owner">Whose jobs; null for all.</param>
    /// <param name="job">Only this one.</param>
    /// <param name="after">The last event that he has; null if he begins.</param>
    public JobFollower? Follow(int tenantId, int? owner, JobId? job, JobEventId? after)
    {
        lock (_gate)
        {
            var streams = _streams.GetValueOrDefault(tenantId);
            if (streams >= options.Value.StreamsPerTenant)
            {
                return null;
            }

            var follower = new JobFollower(this, tenantId, owner, job, options.Value.Queue) { Start = _last };
            _streams[tenantId] = streams + 1;
            _followers.Add(follower);
            if (after is { } seen)
            {
                follower.Missed = seen.Epoch != _last.Epoch || seen.Sequence < _forgotten || seen.Sequence > _last.Sequence
                    ? [JobNotice.Reset(_last)]
                    : [.. _window.Where(notice => notice.Id.Sequence > seen.Sequence && follower.Wants(notice))];
            }

            return follower;
        }
    }

    internal void Leave(JobFollower follower)
    {
        lock (_gate)
        {
            if (_followers.Remove(follower) && --_streams[follower.TenantId] == 0)
            {
                _streams.Remove(follower.TenantId);
            }
        }
    }

    private void Tell(JobNotice notice)
    {
        foreach (var follower in _followers)
        {
            if (follower.Wants(notice))
            {
                follower.Offer(notice);
            }
        }
    }
}
