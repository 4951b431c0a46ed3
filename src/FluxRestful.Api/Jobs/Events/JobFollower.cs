using System.Threading.Channels;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Events;

/// <summary>Somebody who follows jobs. What he has missed comes first, then what happens; if he falls too far behind he is cut off.</summary>
internal sealed class JobFollower : IDisposable
{
    private readonly JobEventHub _hub;
    private readonly int? _owner;
    private readonly JobId? _job;
    private readonly Channel<JobNotice> _queue;

    internal JobFollower(JobEventHub hub, int tenantId, int? owner, JobId? job, int capacity)
    {
        (_hub, TenantId, _owner, _job) = (hub, tenantId, owner, job);
        _queue = Channel.CreateBounded<JobNotice>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Who he is.</summary>
    public int TenantId { get; }

    /// <summary>The last event before he came.</summary>
    public JobEventId Start { get; internal init; }

    /// <summary>What he missed, or that he missed something that nobody knows any more.</summary>
    public IReadOnlyList<JobNotice> Missed { get; internal set; } = [];

    /// <summary>What happens now; complete when he is cut.</summary>
    public ChannelReader<JobNotice> Notices => _queue.Reader;

    public void Dispose() => _hub.Leave(this);

    internal bool Wants(JobNotice notice) =>
        notice.Kind != JobNotice.OfJob || ((_job is null || notice.Job == _job) && (_owner is null || notice.Owner == _owner));

    internal void Offer(JobNotice notice)
    {
        if (!_queue.Writer.TryWrite(notice))
        {
            _queue.Writer.TryComplete();
        }
    }
}
