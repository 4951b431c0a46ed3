using FluxRestful.Contracts.Cluster;
using FluxRestful.Core;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Api.Cluster;

/// <summary>Asks for the queues and puts together what the broker tells in four places.</summary>
internal static class ClusterQueues
{
    /// <summary>What the queue of an instance without named ones is called here.</summary>
    internal const string Unnamed = "default";

    internal static async Task<IReadOnlyList<Queue>> ReadAsync(BrokerClient client, CancellationToken cancellationToken)
    {
        var queues = new JobQueues(client);
        var stats = new JobList(client).StatsAsync(cancellationToken);
        var config = new Instance(client).ConfigAsync(cancellationToken);
        var names = await queues.ListAsync(cancellationToken);
        if (names.Count == 0)
        {
            return [Describe(Unnamed, await queues.StatusAsync(null, cancellationToken), await stats, QueuePolicy.Of(await config, null))];
        }

        var statuses = await Task.WhenAll(names.Select(name => queues.StatusAsync(name, cancellationToken)));
        var (counts, settings) = (await stats, await config);
        return
        [
            .. names.Zip(statuses)
                .Select(queue => Describe(queue.First, queue.Second, counts.Queues?.FirstOrDefault(one => one.Name == queue.First), QueuePolicy.Of(settings, queue.First)))
                .OrderBy(queue => queue.Name, StringComparer.Ordinal),
        ];
    }

    private static Queue Describe(string name, QueueStatus status, JobStats? stats, QueuePolicy policy)
    {
        var states = stats?.JobStates;
        return new Queue(
            name,
            status.Enable,
            status.Start,
            states is null ? 0 : states.Depend + states.Priority + states.Sched,
            states is null ? 0 : states.Run + states.Cleanup,
            status.DisableReason,
            status.StopReason,
            policy.Limits,
            policy.Requires.Count > 0 ? policy.Requires : null);
    }
}
