using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Jobs;

/// <content>What is done to jobs.</content>
internal sealed partial class TenantJobs
{
    /// <summary>How many jobs are handled at once when one request is about many.</summary>
    private const int AtOnce = 64;

    public async Task<JobCommandResult> ControlAsync(JobId id, JobCommand command, CancellationToken cancellationToken)
    {
        if (await FindEntryAsync(id, cancellationToken) is not { } entry || !MayControl(entry))
        {
            return JobCommandResult.Unknown;
        }

        RequireLive();
        return await DoAsync(entry, command, dryRun: false, cancellationToken);
    }

    /// <summary>The active jobs that fit, among those that this tenant may control.</summary>
    public async Task<IReadOnlyList<JobId>> SelectActiveAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        var shelf = await ShelfAsync(filter, cancellationToken);
        return [.. filter.Find(shelf[JobGroup.Pending], Now).Concat(filter.Find(shelf[JobGroup.Running], Now)).Where(MayControl).Select(entry => entry.Record.Id)];
    }

    /// <summary>The same to many jobs; what came of each, in their order. One that fails does not stop the others.</summary>
    /// <param name="dryRun">Only say what can be foreseen.</param>
    public async Task<IReadOnlyList<(JobId Id, JobCommandResult Result, Exception? Failure)>> ControlManyAsync(
        IReadOnlyList<JobId> ids, JobCommand command, bool dryRun, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        RequireLive();
        var mine = ids.Select(id => Peek(id) is { } entry && MayControl(entry) ? entry : null).ToArray();
        var results = new (JobId, JobCommandResult, Exception?)[ids.Count];
        await Parallel.ForAsync(0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            results[i] = await TryAsync(ids[i], mine[i], command, dryRun, token));
        return results;
    }

    private async Task<(JobId Id, JobCommandResult Result, Exception? Failure)> TryAsync(
        JobId id, JobEntry? entry, JobCommand command, bool dryRun, CancellationToken cancellationToken)
    {
        if (entry is null)
        {
            await NoteUnseenAsync(id, index.Find(id), cancellationToken);
            return (id, JobCommandResult.Unknown, null);
        }

        try
        {
            return (id, await DoAsync(entry, command, dryRun, cancellationToken), null);
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException or QuotaExceededException)
        {
            return (id, default, failure);
        }
    }

    private async Task<JobCommandResult> DoAsync(JobEntry entry, JobCommand command, bool dryRun, CancellationToken cancellationToken)
    {
        var job = entry.Record;
        if (command is SetUrgency { Urgency: var urgency } && !tenant.MayAskForUrgency(urgency))
        {
            await NoteAsync(AuditResult.Refused);
            return new JobCommandResult(JobOutcome.NotAllowed, Urgencies.TooHigh);
        }

        if (JobControl.Foresee(job, command) is { } foreseen)
        {
            return foreseen;
        }

        try
        {
            if (command is UpdateJob update && update.DurationOf(job) is { } seconds && entry.Owner.IsKnown)
            {
                await quotas.CheckDurationAsync(entry.Owner.TenantId, job.Duration, seconds, cancellationToken);
            }

            var result = dryRun ? JobCommandResult.Done : await control.DoAsync(job, command, cancellationToken);
            await NoteAsync(result.Outcome == JobOutcome.Done ? AuditResult.Done : AuditResult.Failed);
            return result;
        }
        catch (Exception failure) when (failure is BrokerException or BrokerDisconnectedException or TimeoutException or QuotaExceededException)
        {
            await NoteAsync(failure is QuotaExceededException ? AuditResult.Refused : AuditResult.Failed);
            throw;
        }

        // One entry a job, also where one request is about many: who asks later asks about a job.
        Task NoteAsync(AuditResult ended) => dryRun
            ? Task.CompletedTask
            : audit.RecordAsync(audit.Origin(), command.Action, job.Id.ToString(), ended, command.Detail, cancellationToken);
    }

    private bool MayControl(JobEntry entry) => tenant.May(Permission.JobsWriteAll) || entry.Owner.TenantId == tenant.Id;

    /// <summary>
    /// What was seen before the broker was away does not say whose an id is now: a broker that was started afresh hands out the same ids again.
    /// </summary>
    private void RequireLive()
    {
        if (!index.IsLive)
        {
            throw new BrokerDisconnectedException("The broker is away, or has just come back.");
        }
    }
}
