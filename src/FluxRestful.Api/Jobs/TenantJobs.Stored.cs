using System.Text.Json;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Jobs;

/// <content>What the broker has stored about a job. What is asked of one that Flux has purged throws <see cref="JobPurgedException"/>.</content>
internal sealed partial class TenantJobs
{
    private static readonly Func<Exception> Purged = () => new JobPurgedException();

    /// <summary>The jobspec with later changes, without environment; null if there is no such job.</summary>
    public async Task<JsonElement?> ReadJobspecAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, Purged, cancellationToken) is { } job ? await stored.JobspecAsync(job.Id, cancellationToken) : null;

    /// <summary>The resources that the job got, undefined if it has none; null if there is no such job.</summary>
    public async Task<JsonElement?> ReadResourcesAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, Purged, cancellationToken) is { } job ? job.TRun is null ? default(JsonElement) : await stored.ResourcesAsync(job.Id, cancellationToken) : null;

    /// <summary>The job's event log (RFC 18), a line for each event; null if there is no such job.</summary>
    public async Task<IReadOnlyList<string>?> ReadEventlogAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, Purged, cancellationToken) is { } job ? await stored.EventlogAsync(job.Id, cancellationToken) : null;

    /// <summary>The event log of the job's shell, a line for each event; null if there is no such job.</summary>
    public async Task<IReadOnlyList<string>?> ReadExecEventlogAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, Purged, cancellationToken) is { } job ? await stored.ExecEventlogAsync(job.Id, cancellationToken) : null;

    /// <summary>The environment that was asked for, undefined if nobody knows it any more; null if there is no such job.</summary>
    public async Task<JsonElement?> ReadEnvironmentAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, Purged, cancellationToken) is { } job ? await stored.EnvironmentAsync(job.Id, cancellationToken) ?? default(JsonElement) : null;

    /// <summary>The tenant's jobs that still wait for this one.</summary>
    public async Task<IReadOnlyList<JobRecord>> ListDependentsAsync(JobId id, CancellationToken cancellationToken) =>
        [.. (await ListAsync(cancellationToken)).TakeWhile(job => job.State is not (JobState.Run or JobState.Cleanup or JobState.Inactive))
            .Where(job => job.Dependencies?.Any(dependency => JobDependency.IdOf(dependency) == id) is true)];

    /// <summary>The jobspec of a job that this tenant was given, from what was read of it before if it was; null while the broker does not tell it.</summary>
    public async Task<JsonElement?> TryReadJobspecAsync(JobEntry job, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.RememberedJobspecAsync(index.Epoch, job.Record.Id, index.IsLive && !job.IsPurged, cancellationToken);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException)
        {
            return null;
        }
    }
}
