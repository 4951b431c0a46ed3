using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services.Errors;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

/// <summary>The service that decides about jobs. Here: what is done to one of them. What its errors mean says <see cref="JobErrors.Meaning"/>.</summary>
public sealed partial class JobManager(BrokerClient client, RpcCredential? credential = null) : FluxService(client, credential)
{
    /// <summary>The type of exception that cancels.</summary>
    public const string CancelType = "cancel";

    /// <summary>Raises an exception. Severity 0 ends the job, 1 to 7 is a mere note.</summary>
    public Task RaiseAsync(JobId id, string type, int severity, string? note, CancellationToken cancellationToken) =>
        DoAsync("job-manager.raise", new(id.WireValue, severity, type, note), FluxJson.Default.RaiseRequest, cancellationToken);

    /// <summary>Cancels a job: SIGTERM, then SIGKILL after the instance's kill-timeout. Repeating it is accepted while the job is in CLEANUP.</summary>
    public Task CancelAsync(JobId id, string? note, CancellationToken cancellationToken) => RaiseAsync(id, CancelType, 0, note, cancellationToken);

    /// <summary>
    /// Sends a signal to the tasks of a running job. Nobody reports whether it arrived: in the first moments of RUN it is accepted and lost
    /// (surprise 11), so wait for <c>shell.start</c> in guest.exec.eventlog first: <see cref="JobInfo.WaitForTasksAsync"/>.
    /// </summary>
    public Task KillAsync(JobId id, int signum, CancellationToken cancellationToken) =>
        DoAsync("job-manager.kill", new(id.WireValue, signum), FluxJson.Default.KillRequest, cancellationToken);

    /// <summary>Changes the urgency of a job that has no resources yet: 0 holds it, 16 is usual, 31 puts it before all others.</summary>
    /// <returns>The urgency it had.</returns>
    public async Task<int> UrgencyAsync(JobId id, int urgency, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            "job-manager.urgency", new(id.WireValue, urgency), FluxJson.Default.UrgencyRequest, FluxJson.Default.UrgencyAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer.OldUrgency;
    }

    /// <summary>
    /// Changes the jobspec of an active job. Only <c>attributes.system.duration</c>, and while it is pending <c>attributes.system.queue</c>, can be changed.
    /// </summary>
    public Task UpdateAsync(JobId id, IReadOnlyDictionary<string, JsonElement> updates, CancellationToken cancellationToken) =>
        DoAsync("job-manager.update", new(id.WireValue, updates), FluxJson.Default.UpdateRequest, cancellationToken);

    /// <summary>Merges into the job's annotations under <c>user</c>; null deletes a key. Volatile ones are not in the eventlog.</summary>
    public Task MemoAsync(JobId id, JsonElement memo, bool isVolatile, CancellationToken cancellationToken) =>
        DoAsync("job-manager.memo", new(id.WireValue, memo, isVolatile ? true : null), FluxJson.Default.MemoRequest, cancellationToken);

    /// <summary>
    /// Waits, for ever if need be (surprise 7), for the end of a job submitted with <see cref="JobSubmitFlags.Waitable"/>, and takes its result out of memory.
    /// A caller who gives up in the moment of the answer loses the result.
    /// </summary>
    /// <param name="id">Null for any (-1 on the wire, surprise 28).</param>
    public Task<JobWaitResult> WaitAsync(JobId? id, CancellationToken cancellationToken) => Client.CallAsync(
        Request("job-manager.wait", new(id?.WireValue ?? -1), FluxJson.Default.JobAnswer) with { Timeout = Timeout.InfiniteTimeSpan },
        FluxJson.Default.JobWaitResult,
        cancellationToken);

    /// <summary>
    /// Reads <c>eventlog</c>, <c>jobspec</c> and <c>R</c>, as JSON, of an active job or one that is still in memory: without the lag of the stored ones
    /// (surprise 12).
    /// </summary>
    public Task<JsonElement> GetAttributesAsync(JobId id, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        Client.CallAsync(Request("job-manager.getattr", new(id.WireValue, names), FluxJson.Default.GetAttributesRequest), cancellationToken);

    /// <summary>Forgets an inactive job.</summary>
    public Task PurgeAsync(JobId id, CancellationToken cancellationToken) =>
        DoAsync("job-manager.purge-id", new(id.WireValue, 1), FluxJson.Default.PurgeIdRequest, cancellationToken);
}

internal sealed record RaiseRequest(long Id, int Severity, string Type, string? Note);

internal sealed record KillRequest(long Id, int Signum);

internal sealed record UrgencyRequest(long Id, int Urgency);

internal sealed record UrgencyAnswer(int OldUrgency);

internal sealed record UpdateRequest(long Id, IReadOnlyDictionary<string, JsonElement> Updates);

internal sealed record MemoRequest(long Id, JsonElement Memo, bool? Volatile);

internal sealed record GetAttributesRequest(long Id, IReadOnlyList<string> Attrs);

/// <param name="Force">An integer here, a boolean in <see cref="PurgeRequest"/> (surprise 27).</param>
internal sealed record PurgeIdRequest(long Id, int Force);
