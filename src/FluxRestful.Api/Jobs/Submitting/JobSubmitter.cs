using System.Text;
using System.Text.Json.Nodes;
using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Ownership;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Messages;
using FluxRestful.Core.Signing;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>
/// Hands a job to the broker for a tenant, in the order that loses no owner: first it is written whose the request is, then the broker gets the job with
/// the signed mark in it, and nobody is told before the record is on the disk. Never repeats a submit.
/// </summary>
internal sealed partial class JobSubmitter(
    BrokerConnection broker,
    UnixAccount account,
    SubmissionLedger ledger,
    SubmissionsUnderWay underWay,
    JobMarks marks,
    TimeProvider time,
    ILogger<JobSubmitter> logger)
{
    // The journal is ahead of the answer, so that this is only ever reached when the journal has trouble of its own.
    private static readonly TimeSpan LongestWaitForIndex = TimeSpan.FromSeconds(2);

    public async Task<JobId> SubmitAsync(int tenantId, string tenantName, JobOrder order, CancellationToken cancellationToken)
    {
        var jobspec = order.Jobspec;
        var requestId = Guid.CreateVersion7(time.GetUtcNow());
        AddMark(jobspec, marks.Sign(tenantName, requestId, jobspec));
        var signed = UnsignedJobspec.Sign(account.Uid, Encoding.UTF8.GetBytes(jobspec.ToJsonString()));

        if (!broker.IsConnected)
        {
            // No row for a job that cannot be.
            throw new BrokerDisconnectedException("The broker is away.");
        }

        await ledger.RecordAsync(requestId, tenantId, cancellationToken);
        var onDisk = ledger.FlushAsync(cancellationToken);
        var submission = underWay.Begin(requestId, tenantId);
        try
        {
            var id = await new JobIngest(broker.Client).SubmitAsync(signed, order.Urgency, JobSubmitFlags.None, cancellationToken);
            await AwaitIndexAsync(submission, id, cancellationToken);
            await onDisk;
            return id;
        }
        catch (BrokerException refused) when (!refused.IsTransient)
        {
            ledger.Forget(requestId);
            throw;
        }
        finally
        {
            underWay.End(requestId);
        }
    }

    private async Task AwaitIndexAsync(Submission submission, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            await submission.Seen.WaitAsync(LongestWaitForIndex, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            NotInIndex(id.ToString());
        }
    }

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
