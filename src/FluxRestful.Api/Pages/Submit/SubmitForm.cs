using System.Globalization;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>What was typed into the form, as it was typed: it is shown again as it is when something is wrong with it.</summary>
public sealed record SubmitForm
{
    internal const string Command = "command";
    internal const string Script = "script";
    internal const string PerTask = "tasks";
    internal const string PerNode = "nodes";

    /// <summary>What kind of job: a command or a script.</summary>
    public string Kind { get; init; } = Command;

    public string CommandLine { get; init; } = "";

    public string ScriptText { get; init; } = "";

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

    /// <summary>Names this form: sent twice, it makes one job.</summary>
    public string Key { get; init; } = NewKey();

    internal bool IsScript => Kind == Script;

    internal bool IsByNode => Shape == PerNode;

    internal bool HasMore => (Queue + Directory + Dependencies + Environment + Output + Error + Requires).Length > 0 || Urgency != "16";

    internal static SubmitForm Read(IFormCollection form) => new()
    {
        Kind = form["kind"] == Script ? Script : Command,
        CommandLine = form["command"].ToString(),
        ScriptText = form["script"].ToString().ReplaceLineEndings("\n"),
        Name = form["name"].ToString().Trim(),
        Shape = form["shape"] == PerNode ? PerNode : PerTask,
        Tasks = form["tasks"].ToString().Trim(),
        Cores = form["cores"].ToString().Trim(),
        Gpus = form["gpus"].ToString().Trim(),
        Nodes = form["nodes"].ToString().Trim(),
        TasksPerNode = form["tasksPerNode"].ToString().Trim(),
        Exclusive = form["exclusive"] == "1",
        TimeLimit = form["timeLimit"].ToString().Trim(),
        Queue = form["queue"].ToString().Trim(),
        Directory = form["cwd"].ToString().Trim(),
        Urgency = form["urgency"].ToString().Trim(),
        Dependencies = form["dependencies"].ToString().Trim(),
        Environment = form["environment"].ToString().ReplaceLineEndings("\n"),
        Output = form["stdout"].ToString().Trim(),
        Error = form["stderr"].ToString().Trim(),
        Requires = form["requires"].ToString().Trim(),
        Key = form["key"].ToString() is { Length: 32 } key && key.All(char.IsAsciiHexDigit) ? key : NewKey(),
    };

    private static string NewKey() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
}
