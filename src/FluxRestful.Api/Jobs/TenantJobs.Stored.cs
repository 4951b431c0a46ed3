using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Jobs;

/// <content>What the broker has stored about a job.</content>
internal sealed partial class TenantJobs
{
    /// <summary>The jobspec with later changes, without environment; null if there is no such job.</summary>
    public async Task<JsonElement?> ReadJobspecAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, cancellationToken) is { } job ? await stored.JobspecAsync(job.Id, cancellationToken) : null;

    /// <summary>The resources that the job got, undefined if it has none; null if there is no such job.</summary>
    public async Task<JsonElement?> ReadResourcesAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, cancellationToken) is { } job ? job.TRun is null ? default(JsonElement) : await stored.ResourcesAsync(job.Id, cancellationToken) : null;

    /// <summary>The job's event log (RFC 18), a line for each event; null if there is no such job.</summary>
    public async Task<IReadOnlyList<string>?> ReadEventlogAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, cancellationToken) is { } job ? await stored.EventlogAsync(job.Id, cancellationToken) : null;

    /// <summary>The jobspec of a job that this tenant was given, from what was read of it before if it was; null while the broker does not tell it.</summary>
    public async Task<JsonElement?> TryReadJobspecAsync(JobRecord job, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.RememberedJobspecAsync(index.Epoch, job.Id, index.IsLive, cancellationToken);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            return null;
        }
    }
}
