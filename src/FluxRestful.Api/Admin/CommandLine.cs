using FluxRestful.Api.Settings;

namespace FluxRestful.Api.Admin;

/// <summary>What was written behind the program's name: a verb with its operands, or nothing, and settings as <c>--NAME=VALUE</c>.</summary>
/// <param name="Verb">Empty: run the server.</param>
/// <param name="Settings">As the configuration reads them.</param>
/// <param name="Problem">What cannot be understood; null when all can.</param>
internal sealed record CommandLine(string Verb, IReadOnlyList<string> Operands, bool IsSuperuser, string[] Settings, string? Problem)
{
    private const string Serve = "serve";

    internal bool RunsServer => Verb.Length == 0 && Problem is null;

    internal static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var settings = new List<string>();
        var isSuperuser = false;
        string? problem = null;
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "--allow-anonymous-network": settings.Add($"--{ServerOptionsReader.AllowAnonymousNetwork}=true"); break;
                case "--superuser": isSuperuser = true; break;
                case "--help" or "-h": words.Insert(0, "help"); break;
                case "--version": words.Insert(0, "version"); break;
                case "-": words.Add(argument); break;
                case ['-', '-', not '=', ..] when argument.Contains('=', StringComparison.Ordinal): settings.Add(argument); break;
                case ['-', ..] when words.Count < 2: problem ??= $"unknown option '{argument}'"; break;
                default: words.Add(argument); break;
            }
        }

        var verb = words is [var first, ..] && first != Serve ? first : "";
        if (verb.Length == 0 && (isSuperuser || words.Count > 1))
        {
            problem ??= "the server takes settings only, --NAME=VALUE";
        }

        return new CommandLine(verb, [.. words.Skip(1)], isSuperuser, [.. settings], problem);
    }
}
