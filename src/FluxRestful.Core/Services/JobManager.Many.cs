using System.Text.Json.Serialization;
using FluxRestful.Core.Framing;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Services.Messages;

namespace FluxRestful.Core.Services;

// What is done to many jobs, and the numbers the job manager keeps.
public sealed partial class JobManager
{
    /// <summary>Raises an exception on all jobs of a user in the given states.</summary>
    /// <param name="userId">Null for everybody's (4294967295 on the wire, surprise 28); owner only.</param>
    /// <param name="dryRun">Only count.</param>
    public Task<JobBulkResult> RaiseAllAsync(
        uint? userId, JobState states, string type, int severity, string? note, bool dryRun, CancellationToken cancellationToken) => AskAsync(
        "job-manager.raiseall",
        new(dryRun, userId ?? FluxMessage.Any, (int)states, severity, type, note),
        FluxJson.Default.RaiseAllRequest,
        FluxJson.Default.JobBulkResult,
        cancellationToken);

    /// <summary>Sends a signal to all running jobs of a user.</summary>
    /// <inheritdoc cref="RaiseAllAsync"/>
    public Task<JobBulkResult> KillAllAsync(uint? userId, int signum, bool dryRun, CancellationToken cancellationToken) => AskAsync(
        "job-manager.killall",
        new(dryRun, userId ?? FluxMessage.Any, signum),
        FluxJson.Default.KillAllRequest,
        FluxJson.Default.JobBulkResult,
        cancellationToken);

    /// <summary>Waits, for ever if need be (surprise 7), until no job is active. Submits go on meanwhile, and held jobs count.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken) => await Client.CallAsync(
        Request("job-manager.drain", new(), FluxJson.Default.EmptyRequest) with { Timeout = Timeout.InfiniteTimeSpan }, cancellationToken)
        .ConfigureAwait(false);

    /// <summary>Waits, for ever if need be (surprise 7), until no job is running.</summary>
    /// <returns>How many are pending.</returns>
    public async Task<int> IdleAsync(CancellationToken cancellationToken)
    {
        var answer = await Client.CallAsync(
            Request("job-manager.idle", new(), FluxJson.Default.EmptyRequest) with { Timeout = Timeout.InfiniteTimeSpan },
            FluxJson.Default.IdleAnswer,
            cancellationToken).ConfigureAwait(false);
        return answer.Pending;
    }

    /// <summary>
    /// Forgets inactive jobs, at most <paramref name="batch"/> of them: repeat until it answers 0. The journal does not tell of it, the event
    /// <c>job-purge-inactive</c> does (surprise 14).
    /// </summary>
    /// <param name="ageLimit">Only those inactive for longer, in seconds; -1 for no limit.</param>
    /// <param name="numLimit">Only as many as are above this number; -1 for no limit.</param>
    /// <param name="force">False only counts.</param>
    public async Task<int> PurgeAsync(double ageLimit, int numLimit, int batch, bool force, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(
            "job-manager.purge", new(ageLimit, numLimit, batch, force), FluxJson.Default.PurgeRequest, FluxJson.Default.CountAnswer, cancellationToken)
            .ConfigureAwait(false);
        return answer.Count;
    }

    /// <summary>The highest job id given out so far.</summary>
    public async Task<JobId> MaxJobIdAsync(CancellationToken cancellationToken) => JobId.FromWire(
        (await Client.CallAsync(Request("job-manager.getinfo"), FluxJson.Default.InfoAnswer, cancellationToken).ConfigureAwait(false)).MaxJobid);

    /// <summary>How busy the scheduler is.</summary>
    public Task<AllocQuery> AllocQueryAsync(CancellationToken cancellationToken) =>
        Client.CallAsync(Request("job-manager.alloc-query"), FluxJson.Default.AllocQuery, cancellationToken);
}

internal sealed record EmptyRequest;

internal sealed record RaiseAllRequest(bool DryRun, uint Userid, int States, int Severity, string Type, string? Note);

internal sealed record KillAllRequest(bool DryRun, uint Userid, int Signum);

internal sealed record PurgeRequest([property: JsonConverter(typeof(FractionConverter))] double AgeLimit, int NumLimit, int Batch, bool Force);

internal sealed record CountAnswer(int Count);

internal sealed record IdleAnswer(int Pending);

internal sealed record InfoAnswer(long MaxJobid);
