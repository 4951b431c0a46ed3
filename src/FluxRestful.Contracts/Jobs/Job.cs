using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Jobs;

/// <summary>A job. What it has not, or was not asked for with <c>fields</c>, is left out. Times are UTC, durations are in seconds.</summary>
/// <param name="Id">The job's id, in base 58 after an <c>f</c>.</param>
/// <param name="DecimalId">The same as a decimal number; a text, for it is larger than what JavaScript counts exactly.</param>
/// <param name="Name">The name asked for, else the program's.</param>
/// <param name="State">NEW, DEPEND, PRIORITY, SCHED, RUN, CLEANUP or INACTIVE.</param>
/// <param name="Status">The state while active, then the result.</param>
/// <param name="Result">COMPLETED, FAILED, CANCELED or TIMEOUT, once the job has ended.</param>
/// <param name="ReturnCode">The exit code; 128 and the signal's number if a signal ended a task; -128 if it was canceled before it ran.</param>
/// <param name="Reason">Why it waits, or how it ended, in words.</param>
/// <param name="Owner">The tenant whose job it is; absent if it was not submitted here.</param>
/// <param name="Submitted">When it was submitted.</param>
/// <param name="Started">When it got its resources.</param>
/// <param name="Ended">When it was over and had given them back.</param>
/// <param name="Runtime">How long it has run; absent if it never did.</param>
/// <param name="Waited">How long it waited until it ran, or ended without.</param>
/// <param name="Remaining">How long it may still run.</param>
/// <param name="Duration">Its time limit; 0 is none.</param>
/// <param name="NTasks">How many tasks it has.</param>
/// <param name="NCores">How many cores it has, or asked for.</param>
/// <param name="NNodes">How many nodes it has, or asked for.</param>
/// <param name="NodeList">The hosts, as a hostlist: <c>node[0-3]</c>.</param>
/// <param name="Ranks">The broker ranks of the hosts, as an idset.</param>
/// <param name="Urgency">0 holds it, 16 is usual, 31 puts it first.</param>
/// <param name="Priority">The order in the queue, from SCHED on.</param>
/// <param name="Queue">The named queue, in an instance that has some.</param>
/// <param name="Project">What it is charged to.</param>
/// <param name="Bank">What it is charged to.</param>
/// <param name="Cwd">The working directory.</param>
/// <param name="Exception">The exception that counts most.</param>
/// <param name="Dependencies">What it still waits for.</param>
/// <param name="Annotations">What the scheduler (<c>sched</c>) and users (<c>user</c>) noted.</param>
/// <param name="Timeline">Each state that it reached, with the time.</param>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Asked">The resources that it asked for.</param>
/// <param name="Tags">Its tags: the texts at <c>attributes.user.tags</c> of its jobspec.</param>
/// <param name="Purged">True once Flux has purged it: this is the server's record, and its output, jobspec and event logs are gone.</param>
public sealed record Job(
    string Id,
    string? DecimalId = null,
    string? Name = null,
    string? State = null,
    string? Status = null,
    string? Result = null,
    [property: JsonPropertyName("returncode")] int? ReturnCode = null,
    string? Reason = null,
    string? Owner = null,
    DateTimeOffset? Submitted = null,
    DateTimeOffset? Started = null,
    DateTimeOffset? Ended = null,
    double? Runtime = null,
    double? Waited = null,
    double? Remaining = null,
    double? Duration = null,
    [property: JsonPropertyName("ntasks")] int? NTasks = null,
    [property: JsonPropertyName("ncores")] int? NCores = null,
    [property: JsonPropertyName("nnodes")] int? NNodes = null,
    [property: JsonPropertyName("nodelist")] string? NodeList = null,
    string? Ranks = null,
    int? Urgency = null,
    long? Priority = null,
    string? Queue = null,
    string? Project = null,
    string? Bank = null,
    string? Cwd = null,
    JobExceptionNote? Exception = null,
    IReadOnlyList<string>? Dependencies = null,
    JsonElement? Annotations = null,
    IReadOnlyList<JobMoment>? Timeline = null,
    IReadOnlyList<string>? Command = null,
    JobAsked? Asked = null,
    IReadOnlyList<string>? Tags = null,
    bool? Purged = null);
