using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>
/// A job to submit: exactly one of <c>command</c>, <c>script</c> and <c>jobspec</c>. Whatever else is left out is Flux's default, or what a directive of the
/// script says. With a <c>jobspec</c> only <c>urgency</c> may stand beside it.
/// </summary>
/// <param name="Command">The program and its arguments.</param>
/// <param name="Script">
/// A script, beginning with <c>#!</c>; it travels with the job. Lines <c>#flux: OPTIONS</c> (RFC 36) are defaults of this request, in the words of flux-batch(1).
/// </param>
/// <param name="Arguments">The script's arguments.</param>
/// <param name="Nested">
/// Run the script once, in a Flux instance of its own over all that the job asks for, as flux-batch(1) does. Otherwise it is the job's program, started once a task.
/// </param>
/// <param name="Jobspec">A whole jobspec (RFC 25, version 1).</param>
/// <param name="Tasks">How many tasks; one, or one a node, if left out.</param>
/// <param name="Nodes">How many nodes; as few or many as it takes, if left out.</param>
/// <param name="CoresPerTask">Cores for each task; one if left out.</param>
/// <param name="GpusPerTask">GPUs for each task.</param>
/// <param name="Exclusive">Whole nodes; needs <c>nodes</c>.</param>
/// <param name="Duration">The time limit: seconds as a number, or a text such as <c>90s</c>, <c>30m</c>, <c>1.5h</c>; 0 is none.</param>
/// <param name="Cwd">The working directory; the account's home directory if left out.</param>
/// <param name="Environment">Variables. HOME, USER, LOGNAME, SHELL, PATH and LANG are there anyway, unless given here; nothing of the server's own is.</param>
/// <param name="Name">The job's name; the program's if left out.</param>
/// <param name="Queue">A named queue; the default one if left out.</param>
/// <param name="Bank">Who pays, where the site accounts by banks.</param>
/// <param name="Urgency">0 (held) to 31; 16 if left out. More than 16 is for operators and superusers.</param>
/// <param name="Dependencies">
/// What has to be first: <c>afterok:ID</c>, <c>afterany:ID</c>, <c>afternotok:ID</c>, <c>singleton</c> (needs a <c>name</c>), <c>begin-time:WHEN</c> with seconds since
/// 1970, an RFC 3339 time, or <c>+5m</c>.
/// </param>
/// <param name="Requires">A condition on nodes (RFC 35), such as <c>bigmem and not host:node[0-3]</c>.</param>
/// <param name="Constraints">The same as an object (RFC 31); either this or <c>requires</c>.</param>
/// <param name="ShellOptions">Options of the job shell by dotted path, as after <c>-o</c> of flux-submit(1).</param>
/// <param name="Attributes">Attributes of the jobspec by dotted path, as after <c>--setattr</c> of flux-submit(1).</param>
/// <param name="Stdin">A file to read as standard input.</param>
/// <param name="Stdout">A file for the standard output, and for the standard error unless that has its own. Left out: Flux keeps it, and the API shows it.</param>
/// <param name="Stderr">A file for the standard error.</param>
/// <param name="NumTasks">What flux-rest-server calls <c>tasks</c>.</param>
/// <param name="NumNodes">What flux-rest-server calls <c>nodes</c>.</param>
/// <param name="CoresPerTaskOfPython">What flux-rest-server calls <c>coresPerTask</c>.</param>
/// <param name="GpusPerTaskOfPython">What flux-rest-server calls <c>gpusPerTask</c>.</param>
public sealed record JobSubmit(
    IReadOnlyList<string>? Command = null,
    string? Script = null,
    IReadOnlyList<string>? Arguments = null,
    bool? Nested = null,
    JsonElement? Jobspec = null,
    [property: Range(1, JobSubmit.HighestCount)] int? Tasks = null,
    [property: Range(1, JobSubmit.HighestCount)] int? Nodes = null,
    [property: Range(1, JobSubmit.HighestCount)] int? CoresPerTask = null,
    [property: Range(0, JobSubmit.HighestCount)] int? GpusPerTask = null,
    bool? Exclusive = null,
    JobDuration? Duration = null,
    string? Cwd = null,
    IReadOnlyDictionary<string, string>? Environment = null,
    string? Name = null,
    string? Queue = null,
    string? Bank = null,
    [property: Range(0, 31)] int? Urgency = null,
    IReadOnlyList<string>? Dependencies = null,
    string? Requires = null,
    JsonElement? Constraints = null,
    IReadOnlyDictionary<string, JsonElement>? ShellOptions = null,
    IReadOnlyDictionary<string, JsonElement>? Attributes = null,
    string? Stdin = null,
    string? Stdout = null,
    string? Stderr = null,
    [property: JsonPropertyName("num_tasks"), Range(1, JobSubmit.HighestCount)] int? NumTasks = null,
    [property: JsonPropertyName("num_nodes"), Range(1, JobSubmit.HighestCount)] int? NumNodes = null,
    [property: JsonPropertyName("cores_per_task"), Range(1, JobSubmit.HighestCount)] int? CoresPerTaskOfPython = null,
    [property: JsonPropertyName("gpus_per_task"), Range(0, JobSubmit.HighestCount)] int? GpusPerTaskOfPython = null)
{
    /// <summary>The most of anything that is counted.</summary>
    public const int HighestCount = 1_000_000;
}
