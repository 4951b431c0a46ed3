using System.Text.Json;
using System.Text.RegularExpressions;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Requests;

namespace FluxRestful.Api.Restful.Requests;

/// <summary>A submit of <c>/v1</c> after its parameters were read and each by itself was found sound.</summary>
internal sealed partial record SubmitParameters
{
    /// <summary>Everything a submit may carry; another name is a mistake that must not pass silently.</summary>
    public static readonly string[] Names =
    [
        "command", "num_tasks", "cores_per_task", "gpus_per_task", "num_nodes", "exclusive", "option_flags", "envars", "workdir", "runtime", "is_launcher",
    ];

    private const int MaxVariables = 1000;

    public IReadOnlyList<string> Command { get; private init; } = [];
    public int? Tasks { get; private init; }
    public int? CoresPerTask { get; private init; }
    public int? GpusPerTask { get; private init; }
    public int? Nodes { get; private init; }
    public bool Exclusive { get; private init; }
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; private init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; private init; } = [];
    public string? WorkingDirectory { get; private init; }
    public int Runtime { get; private init; }
    public bool IsLauncher { get; private init; }

    /// <summary>What the caller calls a member of a <see cref="JobRequest"/>.</summary>
    public static string NameOf(string member) => member switch
    {
        nameof(JobRequest.Command) => "command",
        nameof(JobRequest.Tasks) => "num_tasks",
        nameof(JobRequest.Nodes) => "num_nodes",
        nameof(JobRequest.CoresPerTask) => "cores_per_task",
        nameof(JobRequest.GpusPerTask) => "gpus_per_task",
        nameof(JobRequest.Exclusive) => "exclusive",
        nameof(JobRequest.Duration) => "runtime",
        nameof(JobRequest.WorkingDirectory) => "workdir",
        nameof(JobRequest.Environment) => "envars",
        nameof(JobRequest.ShellOptions) => "option_flags",
        _ => member,
    };

    /// <summary>What is wrong is then in <see cref="Parameters.Errors"/>.</summary>
    public static SubmitParameters Read(Parameters given)
    {
        foreach (var unknown in given.Names.Except(Names).ToList())
        {
            given.Refuse(unknown, "extra fields not permitted", "value_error.extra");
        }

        return new SubmitParameters
        {
            Command = ReadCommand(given),
            Tasks = given.Integer("num_tasks"),
            CoresPerTask = given.Integer("cores_per_task"),
            GpusPerTask = given.Integer("gpus_per_task"),
            Nodes = given.Integer("num_nodes"),
            Exclusive = given.Flag("exclusive") ?? false,
            Options = ReadOptions(given),
            Environment = ReadEnvironment(given),
            WorkingDirectory = given.Text("workdir"),
            Runtime = given.Integer("runtime") ?? 0,
            IsLauncher = given.Flag("is_launcher") ?? false,
        };
    }

    private static IReadOnlyList<string> ReadCommand(Parameters given)
    {
        if (given.Find("command") is not { } value)
        {
            return [];
        }

        IReadOnlyList<string> words = value.Texts;
        if (value.Text is { } text)
        {
            try
            {
                words = CommandLine.Split(text);
            }
            catch (CommandLineException open)
            {
                given.Refuse("command", open.Message, "value_error.command");
                return [];
            }
        }
        else if (value.IsJson)
        {
            if (value.Json.ValueKind != JsonValueKind.Array || value.Json.EnumerateArray().Any(word => word.ValueKind != JsonValueKind.String))
            {
                given.Refuse("command", "value is neither a text nor a list of texts", "type_error.command");
                return [];
            }

            words = [.. value.Json.EnumerateArray().Select(word => word.GetString()!)];
        }

        if (words.Any(word => word.Contains('\0', StringComparison.Ordinal)))
        {
            given.Refuse("command", "must not contain a NUL", "value_error.nul");
        }

        return words.Count > 0 && words[0].Length == 0 ? [] : words;
    }

    private static List<KeyValuePair<string, string>> ReadEnvironment(Parameters given)
    {
        if (given.Find("envars") is not { } value)
        {
            return [];
        }

        var pairs = Pairs.Read(value, '\n', out var problem);
        if (pairs is null)
        {
            given.Refuse("envars", problem!, "type_error.dict");
            return [];
        }

        // The value is never repeated: it may be a secret.
        if (pairs.FirstOrDefault(pair => !VariableName().IsMatch(pair.Key)).Key is { } name)
        {
            given.Refuse("envars", $"{Shown(name)} is not a valid name of an environment variable", "value_error.name");
        }
        else if (pairs.FirstOrDefault(pair => pair.Value.Contains('\0', StringComparison.Ordinal)).Key is { } withNul)
        {
            given.Refuse("envars", $"the value of {withNul} must not contain a NUL", "value_error.nul");
        }
        else if (pairs.Count > MaxVariables)
        {
            given.Refuse("envars", $"more than {MaxVariables} variables", "value_error.many");
        }

        return pairs;
    }

    /// <summary><c>a=b,c=d</c>, as flux-restful-api took it, or a map. An option without value is switched on, as on Flux's command line.</summary>
    private static List<KeyValuePair<string, string>> ReadOptions(Parameters given)
    {
        if (given.Find("option_flags") is not { } value)
        {
            return [];
        }

        if (value.Text is { } text && !text.AsSpan().TrimStart().StartsWith("{"))
        {
            var flags = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            value = value with { Json = default, Texts = [.. flags.Select(flag => flag.Contains('=', StringComparison.Ordinal) ? flag : flag + "=1"), ""] };
        }

        var pairs = Pairs.Read(value, ',', out var problem);
        if (pairs is null)
        {
            given.Refuse("option_flags", problem!, "type_error.dict");
            return [];
        }

        if (pairs.Any(pair => pair.Key.Length == 0 || pair.Key.Contains('\0', StringComparison.Ordinal) || pair.Value.Contains('\0', StringComparison.Ordinal)))
        {
            given.Refuse("option_flags", "an option has no name or contains a NUL", "value_error.option");
        }

        return pairs;
    }

    private static string Shown(string name) => "'" + name.Replace("\0", "\\0", StringComparison.Ordinal) + "'";

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*\\z")]
    private static partial Regex VariableName();
}
