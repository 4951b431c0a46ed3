using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>
/// The queues of the job manager. An instance has either named queues or one without a name. Disabled: submits fail. Stopped: jobs are accepted and
/// stay in SCHED; named queues of a new instance start so (surprise 51).
/// </summary>
public sealed class JobQueues(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    /// <summary>The named queues; empty if there is only the one without a name.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) =>
        (await Client.CallAsync(Request("job-manager.queue-list"), FluxJson.Default.QueueListAnswer, cancellationToken).ConfigureAwait(false)).Queues;

    /// <param name="name">Null for the one without a name.</param>
    public Task<QueueStatus> StatusAsync(string? name, CancellationToken cancellationToken) => AskAsync(
        "job-manager.queue-status", new(name), FluxJson.Default.QueueStatusRequest, FluxJson.Default.QueueStatus, cancellationToken);

    /// <summary>Lets jobs in, or (with a reason) keeps them out.</summary>
    /// <param name="name">Null for all queues.</param>
    /// <param name="reason">Required to disable.</param>
    public Task EnableAsync(string? name, bool enable, string? reason, CancellationToken cancellationToken) =>
        DoAsync("job-manager.queue-enable", new(name, enable, reason, name is null), FluxJson.Default.QueueEnableRequest, cancellationToken);

    /// <summary>Starts or stops giving resources to jobs.</summary>
    /// <inheritdoc cref="EnableAsync"/>
    public Task StartAsync(string? name, bool start, string? reason, CancellationToken cancellationToken) =>
        DoAsync("job-manager.queue-start", new(name, start, reason, name is null), FluxJson.Default.QueueStartRequest, cancellationToken);
}

internal sealed record QueueListAnswer(IReadOnlyList<string> Queues);

internal sealed record QueueStatusRequest(string? Name);

internal sealed record QueueEnableRequest(string? Name, bool Enable, string? Reason, bool All);

internal sealed record QueueStartRequest(string? Name, bool Start, string? Reason, bool All);
