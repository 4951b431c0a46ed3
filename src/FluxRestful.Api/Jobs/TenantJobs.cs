using System.Runtime.ExceptionServices;
using FluxRestful.Api.Access;
using FluxRestful.Api.Audit;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Api.Jobs.Output;
using FluxRestful.Api.Jobs.Output.Logs;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Jobs.Past;
using FluxRestful.Api.Jobs.Submitting;
using FluxRestful.Api.Tenants;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Rpc;

namespace FluxRestful.Api.Jobs;

/// <summary>
/// The jobs of whoever is asking, and the only way to a job from any face of the server. Somebody else's job is not refused but unknown; a superuser's jobs
/// are all there are. Reads come from the index, commands go to the broker.
/// </summary>
internal sealed partial class TenantJobs(
    CurrentTenant tenant,
    TenantDirectory tenants,
    RequestAttempt attempt,
    JobIndex index,
    JobSubmitter submitter,
    JobOutputReader output,
    SubmissionLedger ledger,
    JobControl control,
    TenantQuotas quotas,
    StoredJobs stored,
    JobEventHub hub,
    AuditLog audit,
    UnseenThings unseen,
    PastJobs past,
    TimeProvider time)
{
    private static readonly TimeSpan LongestWaitForFirstSnapshot = TimeSpan.FromSeconds(5);

    /// <summary>How old what is read is; zero while the broker is there.</summary>
    public TimeSpan Age => index.Age;

    private int? Owner => tenant.May(Permission.JobsReadAll) ? null : tenant.Id;

    public Task<JobId> SubmitAsync(JobRequest request, CancellationToken cancellationToken) =>
        SubmitAsync(new JobOrder(JobspecBuilder.Build(request)), cancellationToken);

    public async Task<JobId> SubmitAsync(JobOrder order, CancellationToken cancellationToken)
    {
        var (id, failure) = (await SubmitAsync([order], cancellationToken))[0];
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return id;
    }

    /// <summary>All of them at once; what came of each, in their order.</summary>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(IReadOnlyList<JobOrder> orders, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        var outcomes = await submitter.SubmitAsync(tenant.Id, tenant.Name, orders, attempt, cancellationToken);
        foreach (var (id, failure) in outcomes)
        {
            await (failure is QuotaExceededException full
                ? audit.RecordAsync(audit.Origin(), AuditAction.JobSubmit, null, AuditResult.Refused, $"limit={full.Limit.Name}", cancellationToken)
                : audit.RecordAsync(AuditAction.JobSubmit, failure is null ? id.ToString() : null, failure is null ? AuditResult.Done : AuditResult.Failed, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>Which of the account's limits would be in the way of this order now; null: none. Gives it the account's time limit if it has none.</summary>
    public async Task<QuotaExceededException?> ForeseeLimitAsync(JobOrder order, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        try
        {
            await quotas.ForeseeAsync(tenant.Id, order.Jobspec, cancellationToken);
            return null;
        }
        catch (QuotaExceededException limit)
        {
            return limit;
        }
    }

    /// <summary>How many jobs, whoever's, wait in a queue for resources with at least this urgency.</summary>
    public async Task<int> CountWaitingAsync(string? queue, int urgency, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return index.List(null)
            .TakeWhile(entry => entry.Record.State is not (JobState.Run or JobState.Cleanup or JobState.Inactive))
            .Count(entry => entry.Record.State == JobState.Sched && entry.Record.Urgency >= urgency && (queue is null || entry.Record.Queue == queue));
    }

    /// <summary>Since when the job has been waiting for resources that has waited longest, whoever owns it, in seconds since 1970; null: none waits.</summary>
    public async Task<double?> FindOldestWaitAsync(CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return index.Shelf(null)[JobGroup.Pending].Read(descending: false)
            .FirstOrDefault(entry => entry.Record is { State: JobState.Sched, Urgency: > 0 })?.Record.TSubmit;
    }

    /// <summary>The job, or null if Flux knows none of that id among this tenant's.</summary>
    public async Task<JobRecord?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await FindEntryAsync(id, cancellationToken) is { IsPurged: false } entry ? entry.Record : null;

    /// <summary>All of the tenant's jobs that Flux knows: the waiting ones by priority, the running and the ended ones newest first.</summary>
    public async Task<IEnumerable<JobRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return index.List(Owner).Select(entry => entry.Record);
    }

    public async Task<JobPage> SearchAsync(JobSearch search, CancellationToken cancellationToken)
    {
        await AwaitIndexAsync(cancellationToken);
        return search.Run(index, Owner, time.GetUtcNow());
    }

    /// <summary>What the job writes, to be read by lines and disposed; null if there is no such job.</summary>
    /// <exception cref="OutputPurgedException">Flux has purged the job.</exception>
    public async Task<OutputView?> OpenOutputAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, static () => new OutputPurgedException(), cancellationToken) is not null ? output.Open(tenant.Id, id, Known(id)) : null;

    /// <summary>What the job has written so far, line by line; null if Flux knows no such job.</summary>
    public async Task<OutputRead?> ReadOutputAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, null, cancellationToken) is not null ? await output.ReadAsync(tenant.Id, id, Known(id), cancellationToken) : null;

    /// <summary>What the job writes, to its end; null if Flux knows no such job.</summary>
    public async Task<IAsyncEnumerable<string>?> FollowOutputAsync(JobId id, CancellationToken cancellationToken) =>
        await FindLiveAsync(id, null, cancellationToken) is not null ? output.FollowAsync(tenant.Id, id, Known(id), cancellationToken) : null;

    private Func<JobRecord?> Known(JobId id) => () => index.Find(id) is { IsPurged: false } entry ? entry.Record : null;

    /// <summary>The job, to be named to the broker.</summary>
    /// <param name="whenPurged">What is thrown where Flux has purged the job; null: then there is no such job.</param>
    private async Task<JobRecord?> FindLiveAsync(JobId id, Func<Exception>? whenPurged, CancellationToken cancellationToken)
    {
        if (await FindEntryAsync(id, cancellationToken) is not { } entry || (entry.IsPurged && whenPurged is null))
        {
            return null;
        }

        if (entry.IsPurged)
        {
            throw whenPurged!();
        }

        RequireLive();
        return entry.Record;
    }

    /// <summary>Also the moment to hand over jobs that bear this tenant's name from before its account, or the database, was there.</summary>
    private async Task AwaitIndexAsync(CancellationToken cancellationToken)
    {
        if (!index.Ready.IsCompleted)
        {
            try
            {
                await index.Ready.WaitAsync(LongestWaitForFirstSnapshot, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                throw new BrokerDisconnectedException("The broker has not been reached since the server started.");
            }
        }

        foreach (var settled in tenant.IsSuccessor ? [] : index.Settle(tenant.Id, tenant.Name))
        {
            ledger.Adopt(settled.Mark!.Value.Request, tenant.Id, settled.Record.Id.Value);
            past.Note(settled);
        }
    }
}
