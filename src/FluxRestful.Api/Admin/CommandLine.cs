using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Admin;

/// <summary>What was written behind the program's name: a verb with its operands and options, or nothing, and settings as <c>--NAME=VALUE</c>.</summary>
/// <param name="Verb">Empty: run the server.</param>
/// <param name="Options">A verb's own, by their names without the hyphens; a switch is "true".</param>
/// <param name="Settings">As the configuration reads them.</param>
/// <param name="Problem">What cannot be understood; null when all can.</param>
internal sealed record CommandLine(
    string Verb, IReadOnlyList<string> Operands, IReadOnlyDictionary<string, string> Options, string[] Settings, string? Problem)
{
    private const string Serve = "serve";

    private static readonly HashSet<string> Switches = ["superuser", "must-change"];

    private static readonly HashSet<string> Valued = ["role", "jobs", .. LimitOptions.Names];

    internal bool RunsServer => Verb.Length == 0 && Problem is null;

    internal static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var settings = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        string? problem = null;
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var (name, value) = Split(argument);
            switch (argument)
            {
                case "--allow-anonymous-network": settings.Add($"--{ServerOptionsReader.AllowAnonymousNetwork}=true"); break;
                case "--help" or "-h": words.Insert(0, "help"); break;
                case "--version": words.Insert(0, "version"); break;
                case "-": words.Add(argument); break;
                case ['-', '-', ..] when Switches.Contains(name) && value is null: options[name] = "true"; break;
                case ['-', '-', ..] when Valued.Contains(name) && (value ?? Next()) is { } given: options[name] = given; break;
                case ['-', '-', not '=', ..] when value is not null: settings.Add(argument); break;
                case ['-', ..] when words.Count < 2: problem ??= $"unknown option '{argument}'"; break;
                default: words.Add(argument); break;
            }

            string? Next() => i + 1 < arguments.Count ? arguments[++i] : null;
        }

        var verb = words is [var first, ..] && first != Serve ? first : "";
        if (verb.Length == 0 && (options.Count > 0 || words.Count > 1))
        {
            problem ??= "the server takes settings only, --NAME=VALUE";
        }

        return new CommandLine(verb, [.. words.Skip(1)], options, [.. settings], problem);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument.TrimStart('-'), null) : (argument[..equals].TrimStart('-'), argument[(equals + 1)..]);
    }
}
