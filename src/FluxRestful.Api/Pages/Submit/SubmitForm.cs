using System.Globalization;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>What was typed into the form, as it was typed: it is shown again as it is when something is wrong with it.</summary>
public sealed record SubmitForm
{
    internal const string Command = "command";
    internal const string Script = "script";
    internal const string Jobspec = "jobspec";
    internal const string PerTask = "tasks";
    internal const string PerNode = "nodes";

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

    /// <summary>A variable a line: <c>NAME=VALUE</c>.</summary>
    public string Environment { get; init; } = "";

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

    internal bool HasMore => (Queue + Directory + Dependencies + Environment + Output + Error + Input + Requires + ShellOptions).Length > 0 || Urgency is not ("16" or "");

    /// <summary>As it is before anybody typed. What a script may say by itself is left to it.</summary>
    internal static SubmitForm Empty(string? kind) => kind switch
    {
        Script => new() { Kind = Script, Tasks = "", Cores = "", Nodes = "", Urgency = "" },
        Jobspec => new() { Kind = Jobspec, Urgency = "" },
        _ => new(),
    };

    internal static SubmitForm Read(IFormCollection form) => Read(name => form[name].ToString());

    /// <summary>From the fields by name; the same names are in what is stored of a form.</summary>
    internal static SubmitForm Read(Func<string, string?> field)
    {
        return new()
        {
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
            Environment = Lines("environment"),
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

    /// <summary>What was typed, by the names of the fields; not which form it was.</summary>
    internal IEnumerable<(string Name, string Value)> Fields() =>
        ((string Name, string Value)[])
        [
            ("kind", Kind), ("command", CommandLine), ("script", ScriptText), ("jobspec", JobspecText), ("name", Name), ("shape", Shape), ("tasks", Tasks), ("cores", Cores),
            ("gpus", Gpus), ("nodes", Nodes), ("tasksPerNode", TasksPerNode), ("exclusive", Exclusive ? "1" : ""), ("timeLimit", TimeLimit), ("queue", Queue),
            ("cwd", Directory), ("urgency", Urgency), ("dependencies", Dependencies), ("environment", Environment), ("stdout", Output), ("stderr", Error), ("stdin", Input),
            ("requires", Requires), ("shellOptions", ShellOptions), ("copies", Copies),
        ];

    private static string NewKey() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
}
