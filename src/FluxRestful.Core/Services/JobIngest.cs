using System.Text.Json.Serialization;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Errors;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The service that takes jobs in.</summary>
public sealed class JobIngest(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    /// <summary>
    /// Submits a job. The answer comes when the job is stored, after some 23 ms (95 ms after a pause, surprise 58): submit many at once, over one
    /// client. It does not say that the job can run: an unsatisfiable one is accepted and fails a moment later (surprise 37). Nor is it the first
    /// that is heard of the job: its events in the journal come before (surprise 17).
    /// </summary>
    /// <remarks>A caller who gives up, or loses the link, after the request was sent may have a job all the same; nothing is sent a second time.</remarks>
    /// <param name="signedJobspec">J of RFC 15.</param>
    /// <param name="urgency">0 (held) to 31 (expedited); guests up to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">J is above 64 MiB. (A real instance refuses it above some 10 MiB, surprise 39.)</exception>
    /// <exception cref="BrokerException">See <see cref="JobErrors.Meaning"/>: a jobspec that is refused looks like a missing right (surprise 35).</exception>
    public async Task<JobId> SubmitAsync(string signedJobspec, int urgency, JobSubmitFlags flags, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            "job-ingest.submit",
            new SubmitRequest(signedJobspec, urgency, (int)flags),
            FluxJson.Default.SubmitRequest,
            FluxJson.Default.JobAnswer,
            cancellationToken).ConfigureAwait(false);
        return JobId.FromWire(answer.Id);
    }
}

internal sealed record SubmitRequest([property: JsonPropertyName("J")] string J, int Urgency, int Flags);

internal sealed record JobAnswer(long Id);
