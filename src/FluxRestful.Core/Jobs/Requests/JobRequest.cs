using System.Text.Json;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>
/// What somebody wants to run, in the words of flux-submit(1); <see cref="JobspecBuilder"/> makes a jobspec of it.
/// Urgency and flags are no part of a jobspec: they go beside it (surprise 50).
/// </summary>
public sealed record JobRequest
{
    /// <summary>The program and its arguments; with a <see cref="Script"/> the arguments alone.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>A script to run in place of a program.</summary>
    public JobScript? Script { get; init; }

    /// <summary>-n: tasks; slots of a nested instance. Unset: one, or one a node.</summary>
    public int? Tasks { get; init; }

    /// <summary>-N: nodes. Without tasks it means whole nodes (surprise 49).</summary>
    public int? Nodes { get; init; }

    /// <summary>-c</summary>
    public int? CoresPerTask { get; init; }

    /// <summary>-g</summary>
    public int? GpusPerTask { get; init; }

    /// <summary>--cores: cores in all, instead of counting by task.</summary>
    public int? Cores { get; init; }

    /// <summary>--tasks-per-node</summary>
    public int? TasksPerNode { get; init; }

    /// <summary>--tasks-per-core</summary>
    public int? TasksPerCore { get; init; }

    /// <summary>--gpus-per-node</summary>
    public int? GpusPerNode { get; init; }

    /// <summary>--exclusive: whole nodes; needs a number of nodes.</summary>
    public bool Exclusive { get; init; }

    /// <summary>-t, but in seconds (surprise 48). Unset or 0: none, or what the site sets.</summary>
    public double? Duration { get; init; }

    /// <summary>--cwd</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>--job-name</summary>
    public string? Name { get; init; }

    /// <summary>-q: the named queue; unset for the default one.</summary>
    public string? Queue { get; init; }

    /// <summary>-B</summary>
    public string? Bank { get; init; }

    /// <summary>The whole environment: nothing is added. Without PATH a task has none (surprise 46). A value with <c>{{</c> is expanded by the job shell.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>-o: values by dotted path, see <see cref="JobOption"/>.</summary>
    public IReadOnlyDictionary<string, JsonElement> ShellOptions { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>--setattr: values by dotted path below <c>user.</c>, <c>system.</c> or, without either, below <c>system.</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Attributes { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>--dependency: <c>scheme:value</c>, such as <c>afterok:f1234</c>.</summary>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <summary>--begin-time: not before this moment, in seconds since 1970.</summary>
    public double? BeginTime { get; init; }

    /// <summary>--requires: a condition on nodes in the syntax of RFC 35.</summary>
    public string? Requires { get; init; }

    /// <summary>--input: a file for the standard input. Without it a program that reads runs on until somebody sends it an end (surprise 10).</summary>
    public string? Input { get; init; }

    /// <summary>--output: a file for stdout, and for stderr unless that has its own. <c>none</c> and <c>kvs</c> mean Flux keeps it.</summary>
    public string? Output { get; init; }

    /// <summary>--error: a file for stderr.</summary>
    public string? Error { get; init; }

    /// <summary>--label-io, for output to files only.</summary>
    public bool LabelOutput { get; init; }

    /// <summary>--unbuffered: output and input pass at once. Otherwise either takes up to half a second (surprise 53).</summary>
    public bool Unbuffered { get; init; }

    /// <summary>--taskmap: <c>scheme</c> or <c>scheme:value</c>.</summary>
    public string? TaskMap { get; init; }

    /// <summary>--signal: <c>SIGTERM@30s</c>, the signal and how long before the end; either may be left out.</summary>
    public string? Signal { get; init; }

    /// <summary>--rlimit: limits by lower-case name, -1 for none. Unset: the job keeps those of its broker.</summary>
    public IReadOnlyDictionary<string, long>? ResourceLimits { get; init; }

    /// <summary>--add-file</summary>
    public IReadOnlyList<JobFile> Files { get; init; } = [];
}
