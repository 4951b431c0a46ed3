using FluxRestful.Api.Broker;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Cluster;

/// <summary>
/// What the instance is at the moment. Asked of the broker at most once a second however many want to know: callers share one question, and its answer
/// while it is fresh.
/// </summary>
internal sealed class ClusterReader(BrokerConnection broker, TimeProvider time)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever would rather see old things waits for new ones.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private volatile Known? _known;
    private Task<ClusterView>? _view;
    private long _askedAt;
    private long _generation;

    public Task<ClusterView> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var generation = broker.Client.Generation;
            if (_view is null || _view.IsFaulted || _view.IsCanceled || generation != _generation || time.GetElapsedTime(_askedAt) >= Freshness)
            {
                // The moment of asking: what is shown must not look newer than it is. The question is everybody's, so it has nobody's token; the link has a limit.
                (_askedAt, _generation) = (time.GetTimestamp(), generation);
                _view = AskAsync(CancellationToken.None);
            }

            return _view.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What is, or, where the broker does not answer soon, what last was, with the moment of that.</summary>
    public async Task<(ClusterView View, DateTimeOffset? Since)> RecallAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken), null);
        }
        catch (Exception failure) when (_known is not null && BrokerProblem.Of(failure) is not null)
        {
            return (_known.View, _known.At);
        }
    }

    /// <summary>Somebody has changed something: the next to ask shall see it.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _view = null;
        }
    }

    private async Task<ClusterView> AskAsync(CancellationToken cancellationToken)
    {
        var resources = new ResourceService(broker.Client);
        var status = resources.StatusAsync(cancellationToken);
        var sched = resources.SchedStatusAsync(cancellationToken);
        var queues = ClusterQueues.ReadAsync(broker.Client, cancellationToken);
        await Task.WhenAll(status, sched, queues);
        var (all, down, allocated) = (ResourceSet.FromJson((await sched).All), ResourceSet.FromJson((await sched).Down), ResourceSet.FromJson((await sched).Allocated));
        var view = new ClusterView(all, down, allocated, ClusterNodes.Of(await status, down, allocated), await queues);
        _known = new Known(view, time.GetUtcNow());
        return view;
    }

    private sealed record Known(ClusterView View, DateTimeOffset At);
}
