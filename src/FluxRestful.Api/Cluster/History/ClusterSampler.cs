using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Storage.Cluster;

namespace FluxRestful.Api.Cluster.History;

/// <summary>Notes once a minute what the instance has and does. A minute in which it cannot be asked is a gap.</summary>
internal sealed partial class ClusterSampler(ClusterReader cluster, JobIndex index, ClusterSamples samples, TimeProvider time, ILogger<ClusterSampler> logger)
    : BackgroundService
{
    private DateTimeOffset _closed;

    /// <summary>When the next sample comes: at each full minute.</summary>
    internal static TimeSpan Until(DateTimeOffset now) => HistoryRange.Floor(now, ClusterSamples.Minute) + ClusterSamples.Minute - now;

    /// <summary>A sample of the minute that begins now, and the average of a quarter of an hour that is over.</summary>
    internal async Task TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var quarter = HistoryRange.Floor(now, ClusterSamples.Quarter);
        if (quarter != _closed)
        {
            await CloseAsync(quarter - ClusterSamples.Quarter, cancellationToken);
            await samples.PruneAsync(now, cancellationToken);
            _closed = quarter;
        }

        var view = await cluster.ReadAsync(cancellationToken);
        await samples.AddAsync(Describe(HistoryRange.Floor(now, ClusterSamples.Minute), view, index.Shelf(null)), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Until(time.GetUtcNow()), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                break;
            }

            try
            {
                await TakeAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception failure) when (BrokerProblem.Of(failure) is not null)
            {
                // The gap says it.
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
            {
                // The next minute tries again.
                Failed(failure);
            }
        }
    }

    private async Task CloseAsync(DateTimeOffset quarter, CancellationToken cancellationToken)
    {
        var minutes = await samples.ReadAsync(ClusterSamples.Minute, quarter, quarter + ClusterSamples.Quarter, cancellationToken);
        if (minutes.Count > 0)
        {
            await samples.AddAsync(ClusterSamples.Average(minutes, quarter, ClusterSamples.Quarter), cancellationToken);
        }
    }

    // What is down and in use at once, on a draining node, is in use.
    private static ClusterSample Describe(DateTimeOffset at, ClusterView view, JobShelf jobs)
    {
        var (used, lost, free) = (view.Allocated, view.Down.Except(view.Allocated), view.Free);
        var usedNodes = used.NodeCount;
        var freeNodes = view.Nodes.Count(node => node.State == Contracts.Cluster.NodeState.Free);
        return new ClusterSample
        {
            Step = (int)ClusterSamples.Minute.TotalSeconds,
            At = at,
            CoresAllocated = used.CoreCount,
            CoresFree = free.CoreCount,
            CoresDown = lost.CoreCount,
            GpusAllocated = used.GpuCount,
            GpusFree = free.GpuCount,
            GpusDown = lost.GpuCount,
            NodesAllocated = usedNodes,
            NodesFree = freeNodes,
            NodesDown = Math.Max(0, view.All.NodeCount - usedNodes - freeNodes),
            Pending = jobs[JobGroup.Pending].Count,
            Running = jobs[JobGroup.Running].Count,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The instance's use could not be noted")]
    private partial void Failed(Exception failure);
}
