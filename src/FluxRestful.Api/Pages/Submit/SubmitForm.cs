using System.Globalization;
using FluxRestful.Api.Pages.Submit.Variables;
using Microsoft.Extensions.Primitives;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>What was typed into the form, as it was typed: it is shown again as it is when something is wrong with it.</summary>
public sealed record SubmitForm
{
    internal const string Command = "command";
    internal const string Script = "script";
    internal const string Jobspec = "jobspec";
    internal const string PerTask = "tasks";
    internal const string PerNode = "nodes";

    private const string Kept = "variables";
    private const string Drop = "drop-variable-";

    /// <summary>What kind of job: a command, a script, or a whole jobspec.</summary>
    public string Kind { get; init; } = Command;

    public string CommandLine { get; init; } = "";

    public string ScriptText { get; init; } = "";

    /// <summary>RFC 25, as JSON.</summary>
    public string JobspecText { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>How resources are counted: by task or by node; Flux takes no mixture.</summary>
    public string Shape { get; init; } = PerTask;

    public string Tasks { get; init; } = "1";

    public string Cores { get; init; } = "1";

    public string Gpus { get; init; } = "";

    public string Nodes { get; init; } = "1";

    public string TasksPerNode { get; init; } = "";

    public bool Exclusive { get; init; }

    /// <summary>Minutes unless it says otherwise.</summary>
    public string TimeLimit { get; init; } = "";

    public string Queue { get; init; } = "";

    public string Directory { get; init; } = "";

    public string Urgency { get; init; } = "16";

    public string Dependencies { get; init; } = "";

    public IReadOnlyList<EnvironmentRow> Variables { get; init; } = [];

    /// <summary>A block that was pasted and is none: <c>NAME=VALUE</c>, a variable a line. What can be read of one is among the variables.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Words to find the job by, with spaces between them.</summary>
    public string Tags { get; init; } = "";

    /// <summary>What the script is given, as a shell splits it.</summary>
    public string Arguments { get; init; } = "";

    public string Output { get; init; } = "";

    public string Error { get; init; } = "";

    public string Requires { get; init; } = "";

    public string Input { get; init; } = "";

    /// <summary>Options of the job shell, one a line: <c>NAME=VALUE</c>, or <c>NAME</c>.</summary>
    public string ShellOptions { get; init; } = "";

    /// <summary>How many of the same.</summary>
    public string Copies { get; init; } = "1";

    /// <summary>Names this form: sent twice, it makes one job.</summary>
    public string Key { get; init; } = NewKey();

    internal bool IsScript => Kind == Script;

    internal bool IsJobspec => Kind == Jobspec;

    internal bool IsByNode => Shape == PerNode;

    internal bool HasMore => (Queue + Directory + Dependencies + Environment + Output + Error + Input + Requires + ShellOptions + Tags).Length > 0 || Variables.Count > 0 || Urgency is not ("16" or "");

    /// <summary>As it is before anybody typed. What a script may say by itself is left to it.</summary>
    internal static SubmitForm Empty(string? kind) => kind switch
    {
        Script => new() { Kind = Script, Tasks = "", Cores = "", Nodes = "", Urgency = "" },
        Jobspec => new() { Kind = Jobspec, Urgency = "" },
        _ => new(),
    };

    internal static SubmitForm Read(IFormCollection form) => Read(name => form[name].ToString(), EnvironmentRows.Read(form[EnvironmentRows.Name], form[EnvironmentRows.Value])) with
    {
        Dependencies = Depending(form["dependencies"].ToString(), form["afterKind"], form["afterJob"]),
    };

    /// <summary>From what is stored of a form.</summary>
    internal static SubmitForm Read(Func<string, string?> field) => Read(field, EnvironmentRows.Parse(field(Kept)));

    /// <summary>As somebody without scripts has asked the form to be.</summary>
    /// <param name="change"><c>add-variable</c> or <c>drop-variable-N</c>; what else there is, is done by reading.</param>
    internal SubmitForm Changed(string change) => change switch
    {
        "add-variable" => this with { Variables = [.. Variables, new("", "")] },
        _ when change.StartsWith(Drop, StringComparison.Ordinal) && int.TryParse(change.AsSpan(Drop.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var dropped) =>
            this with { Variables = [.. Variables.Where((_, i) => i != dropped)] },
        _ => this,
    };

    private static SubmitForm Read(Func<string, string?> field, IReadOnlyList<EnvironmentRow> rows)
    {
        var block = Lines("environment");
        var pasted = EnvironmentRows.Read(block, "variable", null, out _);
        return new()
        {
            Variables = pasted is null ? rows : EnvironmentRows.Over(rows, pasted),
            Environment = pasted is null ? block : "",
            Tags = Text("tags"),
            Arguments = field("arguments") ?? "",
            Kind = Text("kind") is Script or Jobspec ? Text("kind") : Command,
            CommandLine = field("command") ?? "",
            ScriptText = Lines("script"),
            JobspecText = Lines("jobspec"),
            Name = Text("name"),
            Shape = Text("shape") == PerNode ? PerNode : PerTask,
            Tasks = Text("tasks"),
            Cores = Text("cores"),
            Gpus = Text("gpus"),
            Nodes = Text("nodes"),
            TasksPerNode = Text("tasksPerNode"),
            Exclusive = Text("exclusive") == "1",
            TimeLimit = Text("timeLimit"),
            Queue = Text("queue"),
            Directory = Text("cwd"),
            Urgency = Text("urgency"),
            Dependencies = Text("dependencies"),
            Output = Text("stdout"),
            Error = Text("stderr"),
            Input = Text("stdin"),
            Requires = Text("requires"),
            ShellOptions = Lines("shellOptions"),
            Copies = Text("copies") is { Length: > 0 } copies ? copies : "1",
            Key = Text("key") is { Length: 32 } key && key.All(char.IsAsciiHexDigit) ? key : NewKey(),
        };

        string Text(string name) => (field(name) ?? "").Trim();

        string Lines(string name) => (field(name) ?? "").ReplaceLineEndings("\n");
    }

    // A job that is picked counts, whether it has been added to the line or not.
    private static string Depending(string line, StringValues kind, StringValues job)
    {
        var picked = job.ToString() is { Length: > 0 } id ? $"{kind}:{id}" : "";
        return line.Split(' ').Contains(picked) ? line.Trim() : $"{line.Trim()} {picked}".Trim();
    }

    /// <summary>What was typed, by the names of the fields; not which form it was.</summary>
    internal IEnumerable<(string Name, string Value)> Fields() =>
        ((string Name, string Value)[])
        [
            ("kind", Kind), ("command", CommandLine), ("script", ScriptText), ("jobspec", JobspecText), ("name", Name), ("shape", Shape), ("tasks", Tasks), ("cores", Cores),
            ("gpus", Gpus), ("nodes", Nodes), ("tasksPerNode", TasksPerNode), ("exclusive", Exclusive ? "1" : ""), ("timeLimit", TimeLimit), ("queue", Queue),
            ("cwd", Directory), ("urgency", Urgency), ("dependencies", Dependencies), ("environment", Environment), (Kept, EnvironmentRows.Write(Variables)), ("tags", Tags), ("arguments", Arguments), ("stdout", Output), ("stderr", Error), ("stdin", Input),
            ("requires", Requires), ("shellOptions", ShellOptions), ("copies", Copies),
        ];

    private static string NewKey() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
}
