using System.Text.Json;

namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>Something to be done to many jobs: either those named, or the active ones that fit a filter.</summary>
/// <param name="Ids">Jobs, by id in any encoding.</param>
/// <param name="Filter">The list's filters; an empty one means all of one's own active jobs. Only with a scope or an owner does it mean others'.</param>
/// <param name="DryRun">Only say what would come of it.</param>
/// <param name="Reason">Of a cancel: to be read in the jobs' exceptions.</param>
/// <param name="Signal">Of a signal: its name or number.</param>
/// <param name="Urgency">Of an urgency: 0 to 31; more than 16 is for operators and superusers.</param>
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
