using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Resources;

namespace FluxRestful.Core.Jobs.Scripts;

/// <summary>Gathers the options of directives. What means something only where flux-batch(1) is run (its files, its environment) is refused.</summary>
internal sealed class ScriptOptions(JobScript script)
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["-n"] = "--nslots",
        ["-N"] = "--nodes",
        ["-c"] = "--cores-per-slot",
        ["-g"] = "--gpus-per-slot",
        ["-x"] = "--exclusive",
        ["-t"] = "--time-limit",
        ["-q"] = "--queue",
        ["-B"] = "--bank",
        ["-o"] = "--setopt",
        ["-S"] = "--setattr",
        ["-l"] = "--label-io",
        ["-u"] = "--unbuffered",
        ["--ntasks"] = "--nslots",
        ["--cores-per-task"] = "--cores-per-slot",
        ["--gpus-per-task"] = "--gpus-per-slot",
    };

    private static readonly string[] Switches = ["--exclusive", "--label-io", "--unbuffered"];

    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _shellOptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _attributes = new(StringComparer.Ordinal);
    private readonly List<string> _dependencies = [];
    private readonly List<string> _conditions = [];
    private readonly List<string> _brokerOptions = [.. script.BrokerOptions];
    private JobRequest _request = new() { Command = [] };
    private int? _urgency;

    internal void Take(ScriptDirective directive)
    {
        var words = new Queue<string>(directive.Words);
        while (words.TryDequeue(out var word))
        {
            var (name, value) = Parse(directive.Line, word);
            if (Switches.Contains(name))
            {
                SetSwitch(name, value is null ? true : throw new ScriptException(directive.Line, $"{name} takes no value."));
                continue;
            }

            if (!IsKnown(name))
            {
                throw new ScriptException(directive.Line, $"There is no option {name} here.");
            }

            value ??= words.TryDequeue(out var next) ? next : throw new ScriptException(directive.Line, $"{name} needs a value.");
            try
            {
                Set(directive.Line, name, value);
            }
            catch (FormatException wrong)
            {
                throw new ScriptException(directive.Line, $"{name}: {wrong.Message}");
            }
        }
    }

    internal ScriptDefaults ToDefaults() => new(
        _request with
        {
            Script = script with { BrokerOptions = _brokerOptions },
            Environment = _environment,
            ShellOptions = _shellOptions,
            Attributes = _attributes,
            Dependencies = _dependencies,
            Requires = _conditions.Count switch { 0 => null, 1 => _conditions[0], _ => string.Join(' ', _conditions.Select(each => $"({each})")) },
        },
        _urgency);

    // --name=value, --name value, -nvalue, -n value
    private static (string Name, string? Value) Parse(int line, string word)
    {
        if (!word.StartsWith('-') || word is "-" or "--")
        {
            throw new ScriptException(line, $"'{word}' is no option.");
        }

        if (!word.StartsWith("--", StringComparison.Ordinal))
        {
            var rest = word[2..];
            return (LongNames.GetValueOrDefault(word[..2], word[..2]), rest.Length == 0 ? null : rest.StartsWith('=') ? rest[1..] : rest);
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        return (LongNames.GetValueOrDefault(name, name), equals < 0 ? null : word[(equals + 1)..]);
    }

    private static bool IsKnown(string name) => name is "--nslots" or "--nodes" or "--cores-per-slot" or "--gpus-per-slot" or "--cores" or "--tasks-per-node"
        or "--tasks-per-core" or "--gpus-per-node" or "--time-limit" or "--queue" or "--bank" or "--job-name" or "--setopt" or "--setattr" or "--urgency"
        or "--dependency" or "--begin-time" or "--requires" or "--cwd" or "--env" or "--input" or "--output" or "--error" or "--signal" or "--taskmap"
        or "--broker-opts";

    private void SetSwitch(string name, bool on) => _request = name switch
    {
        "--exclusive" => _request with { Exclusive = on },
        "--label-io" => _request with { LabelOutput = on },
        _ => _request with { Unbuffered = on },
    };

    private void Set(int line, string name, string value)
    {
        switch (name)
        {
            case "--setopt":
                Add(_shellOptions, JobOption.Parse(value));
                break;
            case "--setattr":
                Add(_attributes, JobOption.Parse(value));
                break;
            case "--env":
                AddVariable(line, value);
                break;
            case "--dependency":
                _dependencies.Add(value);
                break;
            case "--begin-time":
                _dependencies.Add($"begin-time:{value}");
                break;
            case "--requires":
                _conditions.Add(value);
                break;
            case "--broker-opts":
                _brokerOptions.Add(value);
                break;
            case "--urgency":
                _urgency = Urgency(value);
                break;
            default:
                _request = With(name, value);
                break;
        }
    }

    private JobRequest With(string name, string value) => name switch
    {
        "--nslots" => _request with { Tasks = Count(value) },
        "--nodes" => _request with { Nodes = Count(value) },
        "--cores-per-slot" => _request with { CoresPerTask = Count(value) },
        "--gpus-per-slot" => _request with { GpusPerTask = Count(value) },
        "--cores" => _request with { Cores = Count(value) },
        "--tasks-per-node" => _request with { TasksPerNode = Count(value) },
        "--tasks-per-core" => _request with { TasksPerCore = Count(value) },
        "--gpus-per-node" => _request with { GpusPerNode = Count(value) },
        "--time-limit" => _request with { Duration = Minutes(value) },
        "--queue" => _request with { Queue = value },
        "--bank" => _request with { Bank = value },
        "--job-name" => _request with { Name = value },
        "--cwd" => _request with { WorkingDirectory = value },
        "--input" => _request with { Input = value },
        "--output" => _request with { Output = value },
        "--error" => _request with { Error = value },
        "--signal" => _request with { Signal = value },
        _ => _request with { TaskMap = value },
    };

    // The other rules of --env take from, or take away from, the environment of whoever submits; here there is none.
    private void AddVariable(int line, string value)
    {
        var equals = value.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || value[0] is '-' or '/' or '^')
        {
            throw new ScriptException(line, "--env: Only NAME=VALUE is understood here.");
        }

        _environment[value[..equals]] = value[(equals + 1)..];
    }

    private static void Add(Dictionary<string, JsonElement> all, KeyValuePair<string, JsonElement> option) => all[option.Key] = option.Value;

    private static int Count(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        ? count
        : throw new FormatException("This must be a number.");

    // The command line has minutes where no unit is given (surprise 48).
    private static double Minutes(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes) ? minutes * 60
        : FluxDuration.TryParse(value, out var seconds) && double.IsFinite(seconds) ? seconds
        : throw new FormatException("This must be minutes, or a duration such as 90s or 1.5h.");

    private static int Urgency(string value) => value switch
    {
        "hold" => 0,
        "default" => 16,
        "expedite" => 31,
        _ => Count(value),
    };
}
