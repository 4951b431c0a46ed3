using FluxRestful.Api.Broker;
using FluxRestful.Api.Hosting;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Services;

namespace FluxRestful.Api.Cluster;

/// <summary>
/// How big the instance is and who of it is up. The size is remembered as long as the link to the broker lasts, for each submit needs it; settings go before
/// what the broker says.
/// </summary>
internal sealed class ClusterShape(BrokerConnection broker, ServerOptions options)
{
    private volatile Known? _known;

    public async ValueTask<ClusterSize> GetAsync(CancellationToken cancellationToken) =>
        _known is { } known && known.Generation == broker.Client.Generation ? known.Size : await RefreshAsync(cancellationToken);

    public async Task<ClusterSize> RefreshAsync(CancellationToken cancellationToken)
    {
        var generation = broker.Client.Generation;
        var all = ResourceSet.FromJson((await new ResourceService(broker.Client).SchedStatusAsync(cancellationToken)).All);
        var coresOfNode = (int)Math.Ceiling(all.CoreCount / (double)Math.Max(1, all.NodeCount));
        var size = new ClusterSize(options.NumberNodes ?? all.NodeCount, options.HasGpus || all.GpuCount > 0, coresOfNode, all.NodeCount)
        {
            AllCores = (int)all.CoreCount,
            MostCores = (int)all.Nodes.Select(node => node.Cores.LongCount).DefaultIfEmpty().Max(),
            AllGpus = (int)all.GpuCount,
            MostGpus = (int)all.Nodes.Select(node => node.Gpus.LongCount).DefaultIfEmpty().Max(),
        };
        _known = new Known(generation, size);
        return size;
    }

    /// <summary>The named queues; none in an instance that has only the one without a name.</summary>
    public async Task<IReadOnlyList<string>> ListQueuesAsync(CancellationToken cancellationToken) => [.. await new JobQueues(broker.Client).ListAsync(cancellationToken)];

    /// <summary>What holds for the jobs of a queue.</summary>
    /// <param name="queue">Null for the one that a job goes to that names none.</param>
    public async Task<QueuePolicy> PolicyAsync(string? queue, CancellationToken cancellationToken)
    {
        var config = await new Instance(broker.Client).ConfigAsync(cancellationToken);
        return QueuePolicy.Of(config, queue ?? QueuePolicy.DefaultQueue(config));
    }

    /// <summary>The host of every broker that is up, in the order of ranks: a host with four brokers comes four times.</summary>
    public async Task<IReadOnlyList<string>> ListNodesUpAsync(CancellationToken cancellationToken)
    {
        var status = await new ResourceService(broker.Client).SchedStatusAsync(cancellationToken);
        return [.. ResourceSet.FromJson(status.All).Except(ResourceSet.FromJson(status.Down)).Hosts];
    }

    private sealed record Known(long Generation, ClusterSize Size);
}
