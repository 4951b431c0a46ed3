using FluxRestful.Api.Audit;
using FluxRestful.Api.Broker;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Api.Cluster;

/// <summary>What those who may do to the instance: nodes, queues, its end. Every face comes here.</summary>
internal sealed class ClusterControl(BrokerConnection broker, ClusterReader reader, AuditLog audit)
{
    /// <param name="targets">An idset of ranks or a hostlist.</param>
    /// <param name="reason">Null or empty: none is given.</param>
    /// <param name="overwrite">Whether a node that is drained already is drained anew.</param>
    public Task DrainAsync(string targets, string? reason, bool overwrite, CancellationToken cancellationToken)
    {
        var given = string.IsNullOrEmpty(reason) ? null : reason;
        var change = new ResourceService(broker.Client).DrainAsync(targets, given, overwrite ? DrainMode.Overwrite : null, cancellationToken);
        return ChangeAsync(change, AuditAction.NodeDrain, targets, given, cancellationToken);
    }

    public Task UndrainAsync(string targets, CancellationToken cancellationToken) => ChangeAsync(
        new ResourceService(broker.Client).UndrainAsync(targets, cancellationToken), AuditAction.NodeUndrain, targets, null, cancellationToken);

    /// <summary>False: there is no such queue.</summary>
    /// <param name="reason">Why not; null to let jobs in.</param>
    public Task<bool> SetEnabledAsync(string queue, string? reason, CancellationToken cancellationToken) =>
        OnQueueAsync(
            queue,
            (queues, name) => queues.EnableAsync(name, reason is null, reason, cancellationToken),
            reason is null ? AuditAction.QueueEnable : AuditAction.QueueDisable,
            reason,
            cancellationToken);

    /// <summary>False: there is no such queue.</summary>
    /// <param name="reason">Why not; null to let jobs run.</param>
    public Task<bool> SetStartedAsync(string queue, string? reason, CancellationToken cancellationToken) =>
        OnQueueAsync(
            queue,
            (queues, name) => queues.StartAsync(name, reason is null, reason, cancellationToken),
            reason is null ? AuditAction.QueueStart : AuditAction.QueueStop,
            reason,
            cancellationToken);

    /// <summary>Ends the instance, and with it this server if the instance is what started it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Before: there may be no after.
        await audit.RecordAsync(AuditAction.ServiceStop, null, AuditResult.Done, cancellationToken);
        var (wasConnected, generation) = (broker.IsConnected, broker.Client.Generation);
        try
        {
            await new Instance(broker.Client).ShutdownAsync(cancellationToken);
        }
        catch (Exception gone) when (gone is ObjectDisposedException
            || (gone is BrokerDisconnectedException && (wasConnected || generation != broker.Client.Generation)))
        {
            // There was a link, so it was asked; it can be gone, and this server with it, before its answer is here.
        }
    }

    private async Task<bool> OnQueueAsync(
        string queue, Func<JobQueues, string?, Task> change, AuditAction action, string? reason, CancellationToken cancellationToken)
    {
        var queues = new JobQueues(broker.Client);
        var names = await queues.ListAsync(cancellationToken);
        var isUnnamed = names.Count == 0 && queue == ClusterQueues.Unnamed;
        if (!isUnnamed && !names.Contains(queue))
        {
            return false;
        }

        await ChangeAsync(change(queues, isUnnamed ? null : queue), action, queue, reason, cancellationToken);
        return true;
    }

    private async Task ChangeAsync(Task change, AuditAction action, string target, string? detail, CancellationToken cancellationToken)
    {
        var origin = audit.Origin();
        try
        {
            await change;
        }
        catch (BrokerException refused)
        {
            await audit.RecordAsync(origin, action, target, AuditResult.Failed, refused.ErrorText, cancellationToken);
            throw;
        }

        reader.Forget();
        await audit.RecordAsync(origin, action, target, AuditResult.Done, detail, cancellationToken);
    }
}
