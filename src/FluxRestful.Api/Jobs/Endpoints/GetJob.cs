using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Jobs.Index;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary><c>GET /api/v1/jobs/{id}</c>.</summary>
internal static class GetJob
{
    private const string AskAgainAfter = "5";
    private const double UsualWait = 30;

    /// <summary>One job.</summary>
    /// <remarks>
    /// While it is not over there is a `Retry-After`. The `ETag` changes when the job does: strong once it is over, weak before, for then the durations go on.
    /// Of a job that Flux has purged (`purged`) the server's record is answered, without `command` and `asked`. With `wait` the answer comes when the job has got so far, or as it is when the time is up.
    /// </remarks>
    /// <param name="id">The job's id in any encoding.</param>
    /// <param name="wait">`running`, `ended`, or the name of a state: until the job is there, or further.</param>
    /// <param name="timeout">For how many seconds; 30 unless said.</param>
    internal static async Task<Results<Ok<Job>, StatusCodeHttpResult, ProblemResult>> Handle(
        JobId id, string? wait, double? timeout, HttpContext context, TenantJobs jobs, IOptions<JobEventOptions> options, TimeProvider time, CancellationToken cancellationToken)
    {
        var longest = options.Value.LongestWait;
        if (timeout is { } seconds && !(seconds >= 0 && seconds <= longest))
        {
            return ProblemResult.Invalid("timeout", string.Create(CultureInfo.InvariantCulture, $"This is between 0 and {longest} seconds."));
        }

        if (!TryParseWait(wait, out var isReached))
        {
            return ProblemResult.Invalid("wait", "This is running, ended, or one of new, depend, priority, sched, run, cleanup, inactive.");
        }

        var entry = isReached is null
            ? await jobs.FindEntryAsync(id, cancellationToken)
            : await jobs.WaitAsync(id, isReached, TimeSpan.FromSeconds(timeout ?? Math.Min(UsualWait, longest)), cancellationToken);
        return entry is null ? JobProblems.Unknown : await AnswerAsync(entry, context, jobs, time, cancellationToken);
    }

    private static async Task<Results<Ok<Job>, StatusCodeHttpResult, ProblemResult>> AnswerAsync(
        JobEntry entry, HttpContext context, TenantJobs jobs, TimeProvider time, CancellationToken cancellationToken)
    {
        var isOver = entry.Record.State == JobState.Inactive;
        if (!isOver)
        {
            context.Response.Headers.RetryAfter = AskAgainAfter;
        }

        var jobspec = await jobs.TryReadJobspecAsync(entry, cancellationToken);
        var tag = new EntityTagHeaderValue(
            string.Create(CultureInfo.InvariantCulture, $"\"{jobs.Epoch}-{entry.Record.Id}-{entry.Version}\""), isWeak: !isOver || jobspec is null);
        context.Response.GetTypedHeaders().ETag = tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var job = JobView.Of(entry, JobFields.All, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        return TypedResults.Ok(jobspec is { } known ? job with { Command = CommandOf(known), Asked = AskedOf(known) } : job);
    }

    private static bool TryParseWait(string? wait, out Predicate<JobRecord>? isReached)
    {
        JobState? until = wait?.ToUpperInvariant() switch
        {
            "RUNNING" => JobState.Run,
            "ENDED" => JobState.Inactive,
            { } name when Enum.TryParse<JobState>(name, ignoreCase: true, out var state) && JobView.StateOf(state) == name && int.IsPow2((int)state) => state,
            _ => null,
        };
        // The states are numbered in the order in which a job goes through them.
        isReached = until is { } least ? job => job.State >= least : null;
        return wait is null || until is not null;
    }

    private static List<string>? CommandOf(JsonElement jobspec) =>
        jobspec.TryGetProperty("tasks", out var tasks) && tasks is { ValueKind: JsonValueKind.Array } && tasks.GetArrayLength() > 0
        && tasks[0].TryGetProperty("command", out var command) && command.ValueKind == JsonValueKind.Array
            ? [.. command.EnumerateArray().Select(word => word.ToString())]
            : null;

    private static JobAsked? AskedOf(JsonElement jobspec) => JobspecCounts.TryRead(jobspec, out var counts, out _)
        ? new(counts.Tasks, counts.Nodes > 0 ? counts.Nodes : null, counts.SlotSize, counts.SlotGpus, counts.Exclusive)
        : null;
}
