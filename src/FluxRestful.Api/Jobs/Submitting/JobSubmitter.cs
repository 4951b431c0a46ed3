using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Api.Tenants.Limits;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Core.Signing;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>
/// Hands jobs to the broker for a tenant, in the order that loses no owner: first it is written whose the request is, then the broker gets the job with
/// the signed mark in it, and nobody is told before the record is on the disk. Never repeats a submit, unless it is certain that the first made no job.
/// </summary>
internal sealed partial class JobSubmitter(
    BrokerConnection broker,
    UnixAccount account,
    SubmissionLedger ledger,
    SubmissionsUnderWay underWay,
    JobIndex index,
    JobMarks marks,
    TenantQuotas quotas,
    TimeProvider time,
    ILogger<JobSubmitter> logger)
{
    // The broker begins with the first ones while the next are made; each such group shares a commit.
    private const int GroupSize = 100;

    // The journal is ahead of the answer, so that this is only ever reached when the journal has trouble of its own.
    private static readonly TimeSpan LongestWaitForIndex = TimeSpan.FromSeconds(2);

    /// <summary>Submits all, over one connection and without waiting in between; what becomes of one is nothing to the others.</summary>
    /// <returns>What came of each, in their order.</returns>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(
        int tenantId, string tenantName, IReadOnlyList<JobOrder> orders, RequestAttempt attempt, CancellationToken cancellationToken)
    {
        var outcomes = new Task<SubmitOutcome>[orders.Count];
        var earlier = await FindEarlierAsync(attempt, orders, cancellationToken);
        foreach (var group in Enumerable.Range(0, orders.Count).Chunk(GroupSize))
        {
            var fresh = new List<(int At, Guid Request, string Signed, QuotaPlace Place)>(group.Length);
            foreach (var at in group)
            {
                if (earlier.TryGetValue(at, out var known))
                {
                    outcomes[at] = Task.FromResult(known);
                }
                else
                {
                    var request = attempt.NameOf(orders[at].Index) ?? Guid.CreateVersion7(time.GetUtcNow());
                    try
                    {
                        var place = await quotas.TakeAsync(tenantId, request, orders[at].Jobspec, cancellationToken);
                        fresh.Add((at, request, Sign(tenantName, request, orders[at].Jobspec), place));
                    }
                    catch (Exception full) when (full is not OutOfMemoryException)
                    {
                        outcomes[at] = Task.FromResult(new SubmitOutcome(full));
                    }
                }
            }

            var (onDisk, failure) = await RecordAsync(tenantId, [.. fresh.Select(one => one.Request)], cancellationToken);
            foreach (var (at, request, signed, place) in fresh)
            {
                if (failure is null)
                {
                    outcomes[at] = SendAsync(place, tenantId, request, signed, orders[at].Urgency, onDisk, keepDoubt: attempt.Id is not null, cancellationToken);
                }
                else
                {
                    place.Dispose();
                    outcomes[at] = Task.FromResult(new SubmitOutcome(failure));
                }
            }
        }

        var all = await Task.WhenAll(outcomes);
        cancellationToken.ThrowIfCancellationRequested();
        var open = all.Where(outcome => outcome.Failure is { } failure && BrokerProblem.Of(failure) is not { IsFinal: true }).ToList();
        if (open.Count > 0)
        {
            attempt.LeaveOpen(isInDoubt: open.Any(outcome => outcome.Failure is not QuotaExceededException));
        }

        return all;
    }

    /// <summary>What an attempt that was cut off before it was answered has made already, and what of it is still open.</summary>
    private async Task<IReadOnlyDictionary<int, SubmitOutcome>> FindEarlierAsync(
        RequestAttempt attempt, IReadOnlyList<JobOrder> orders, CancellationToken cancellationToken)
    {
        var earlier = new Dictionary<int, SubmitOutcome>();
        if (!attempt.IsRepeated)
        {
            return earlier;
        }

        if (!index.IsLive)
        {
            throw new BrokerDisconnectedException("The broker is away, or has just come back.");
        }

        underWay.EndDoubtsBefore(broker.Client.Generation);
        var names = Enumerable.Range(0, orders.Count).ToDictionary(at => attempt.NameOf(orders[at].Index)!.Value);
        var rows = await ledger.FindAsync(names.Keys, cancellationToken);
        foreach (var (request, at) in names)
        {
            // The journal knows of it before the ledger does.
            if ((rows.GetValueOrDefault(request)?.JobId ?? index.FirstWithMark(request)) is { } id)
            {
                underWay.End(request);
                earlier[at] = new SubmitOutcome(new JobId(id));
            }
            else if (underWay.Find(request) is not null)
            {
                earlier[at] = new SubmitOutcome(new SubmitInDoubtException());
            }
        }

        return earlier;
    }

    private string Sign(string tenantName, Guid request, JsonObject jobspec)
    {
        AddMark(jobspec, marks.Sign(tenantName, request, jobspec));
        return UnsignedJobspec.Sign(account.Uid, Encoding.UTF8.GetBytes(jobspec.ToJsonString()));
    }

    private async Task<(Task OnDisk, Exception? Failure)> RecordAsync(int tenantId, IReadOnlyList<Guid> requests, CancellationToken cancellationToken)
    {
        if (!broker.IsConnected)
        {
            // No row for a job that cannot be.
            return (Task.CompletedTask, new BrokerDisconnectedException("The broker is away."));
        }

        try
        {
            await ledger.RecordAsync(requests, tenantId, cancellationToken);
            return (ledger.FlushAsync(cancellationToken), null);
        }
        catch (Exception failure) when (failure is NotRecordedException or OperationCanceledException)
        {
            return (Task.CompletedTask, failure);
        }
    }

    private async Task<SubmitOutcome> SendAsync(
        QuotaPlace place, int tenantId, Guid request, string signed, int urgency, Task onDisk, bool keepDoubt, CancellationToken cancellationToken)
    {
        using var held = place;
        var submission = underWay.Begin(request, tenantId, broker.Client.Generation);
        var inDoubt = false;
        try
        {
            place.MarkSent();
            var id = await new JobIngest(broker.Client).SubmitAsync(signed, urgency, JobSubmitFlags.None, cancellationToken);
            if (await IsInIndexAsync(submission, id, cancellationToken))
            {
                place.Settle();
            }

            await onDisk;
            return new SubmitOutcome(id);
        }
        catch (BrokerException refused) when (!refused.IsTransient)
        {
            ledger.Forget(request);
            place.Settle();
            return new SubmitOutcome(refused);
        }
        catch (TimeoutException late)
        {
            inDoubt = keepDoubt;
            return new SubmitOutcome(late);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new SubmitOutcome(failure);
        }
        finally
        {
            if (!inDoubt)
            {
                underWay.End(request);
            }
        }
    }

    private async Task<bool> IsInIndexAsync(Submission submission, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await submission.Seen.WaitAsync(LongestWaitForIndex, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            NotInIndex(id.ToString());
            return false;
        }
    }

    // Whatever mark was there before is nobody's.
    private static void AddMark(JsonObject jobspec, JsonObject mark)
    {
        var attributes = jobspec["attributes"]!.AsObject();
        var user = attributes["user"] as JsonObject;
        if (user is null)
        {
            attributes["user"] = user = [];
        }

        user["restful"] = mark;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Id} was accepted, but the journal does not show it yet")]
    private partial void NotInIndex(string id);
}
