using System.Text.Json;

namespace FluxRestful.Contracts.Jobs;

/// <summary>Something to be done to many jobs: either those named, or the active ones that fit a filter.</summary>
/// <param name="Ids">Jobs, by id in any encoding.</param>
/// <param name="Filter">The list's filters; an empty one means all of one's own active jobs. Only with a scope or an owner does it mean others'.</param>
/// <param name="DryRun">Only say what would come of it.</param>
/// <param name="Reason">Of a cancel: to be read in the jobs' exceptions.</param>
/// <param name="Signal">Of a signal: its name or number.</param>
/// <param name="Urgency">Of an urgency: 0 to 31.</param>
/// <param name="Duration">Of an update: the time limit.</param>
/// <param name="Queue">Of an update: the queue.</param>
/// <param name="Memo">Of a memo: what to note; a null takes a note away.</param>
public sealed record JobsCommand(
    IReadOnlyList<string>? Ids = null,
    JobSelector? Filter = null,
    bool DryRun = false,
    string? Reason = null,
    string? Signal = null,
    int? Urgency = null,
    string? Duration = null,
    string? Queue = null,
    JsonElement? Memo = null);

/// <summary>What came of it.</summary>
/// <param name="DryRun">Nothing was done.</param>
/// <param name="Done">For how many jobs it went well, or would.</param>
/// <param name="Failed">For how many not.</param>
/// <param name="Items">Each job, in the order in which they were named or submitted.</param>
public sealed record JobsOutcome(bool DryRun, int Done, int Failed, IReadOnlyList<JobOutcomeItem> Items);

/// <summary>What came of it for one job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">The HTTP status that a request about this job alone would have had.</param>
/// <param name="Type">The type of problem, if there was one.</param>
/// <param name="Detail">What it was, in words.</param>
/// <param name="Retryable">Whether the same may succeed later.</param>
public sealed record JobOutcomeItem(string Id, int Status, string? Type = null, string? Detail = null, bool? Retryable = null);
