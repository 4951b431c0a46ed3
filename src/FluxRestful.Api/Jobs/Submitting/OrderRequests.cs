using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Resources;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>Puts together what a request says, what its script says where the request is silent, and what every job is given.</summary>
internal sealed class OrderRequests(JobEnvironment environment, ServerOptions server, IOptions<JobOptions> options)
{
    private static readonly JobRequest NoDefaults = new() { Command = [] };

    internal JobRequest Make(JobSubmit submit, JobRequest? script, OrderErrors errors)
    {
        var asked = Asked(submit, script, errors);
        return asked with
        {
            WorkingDirectory = asked.WorkingDirectory ?? environment.Home,
            Environment = environment.With(asked.Environment),
            ShellOptions = ShellOptions(asked.ShellOptions),
        };
    }

    /// <summary>What request and script say, and nothing that every job is given. Dependencies are as they were written.</summary>
    internal static JobRequest Asked(JobSubmit submit, JobRequest? script, OrderErrors errors)
    {
        var defaults = script ?? NoDefaults;
        var asked = submit.Nodes ?? submit.NumNodes;
        var nodes = asked ?? defaults.Nodes;
        var byResource = defaults is not { TasksPerNode: null, TasksPerCore: null, GpusPerNode: null, Cores: null };
        // Nodes and nothing else: a task on each. A directive -N alone means whole nodes, as it does to Flux.
        var aTaskOnEach = !byResource && (asked is not null || submit.Exclusive == false);
        return defaults with
        {
            Command = submit.Command ?? submit.Arguments ?? [],
            Tasks = submit.Tasks ?? submit.NumTasks ?? defaults.Tasks ?? (aTaskOnEach ? nodes : null),
            Nodes = nodes,
            CoresPerTask = submit.CoresPerTask ?? submit.CoresPerTaskOfPython ?? defaults.CoresPerTask,
            GpusPerTask = submit.GpusPerTask ?? submit.GpusPerTaskOfPython ?? defaults.GpusPerTask,
            Exclusive = submit.Exclusive ?? defaults.Exclusive,
            Duration = Seconds(submit.Duration, errors) ?? defaults.Duration,
            WorkingDirectory = submit.Cwd ?? defaults.WorkingDirectory,
            Environment = Over(defaults.Environment, submit.Environment),
            Name = submit.Name ?? defaults.Name,
            Queue = submit.Queue ?? defaults.Queue,
            Bank = submit.Bank ?? defaults.Bank,
            Dependencies = submit.Dependencies ?? defaults.Dependencies,
            Requires = submit.Requires ?? (submit.Constraints is null ? defaults.Requires : null),
            ShellOptions = Over(defaults.ShellOptions, submit.ShellOptions),
            Attributes = Attributes(Over(defaults.Attributes, submit.Attributes), submit, errors),
            Input = submit.Stdin ?? defaults.Input,
            // Flux would write a nested instance's output to a file, where the API could not show it.
            Output = submit.Stdout ?? defaults.Output ?? (submit.Nested == true ? "kvs" : null),
            Error = submit.Stderr ?? defaults.Error,
        };
    }

    private static Dictionary<string, TValue> Over<TValue>(IReadOnlyDictionary<string, TValue> defaults, IReadOnlyDictionary<string, TValue>? asked)
    {
        var all = new Dictionary<string, TValue>(defaults, StringComparer.Ordinal);
        foreach (var (name, value) in asked ?? new Dictionary<string, TValue>())
        {
            all[name] = value;
        }

        return all;
    }

    private static double? Seconds(JobDuration? duration, OrderErrors errors)
    {
        if (duration is not { Text: { } text })
        {
            return duration?.Seconds;
        }

        if (FluxDuration.TryParse(text, out var seconds) && double.IsFinite(seconds))
        {
            return seconds;
        }

        errors.Add("duration", "This must be a number of seconds, or a text such as 90s, 30m or 1.5h.");
        return null;
    }

    private Dictionary<string, JsonElement> ShellOptions(IEnumerable<KeyValuePair<string, JsonElement>> asked)
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["output.batch-timeout"] = JobOption.Parse(string.Create(CultureInfo.InvariantCulture, $"={options.Value.OutputDelay:R}")).Value,
        };
        foreach (var (name, value) in server.OptionFlags)
        {
            all[name] = JobOption.Parse($"{name}={value}").Value;
        }

        foreach (var (name, value) in asked)
        {
            all[name] = value;
        }

        return all;
    }

    private static Dictionary<string, JsonElement> Attributes(Dictionary<string, JsonElement> all, JobSubmit submit, OrderErrors errors)
    {
        if (submit.Constraints is { } constraints)
        {
            if (submit.Requires is not null)
            {
                errors.Add("constraints", "Either this or requires may be given.");
            }
            else if (constraints.ValueKind != JsonValueKind.Object)
            {
                errors.Add("constraints", "This must be an object.");
            }

            all["system.constraints"] = constraints;
        }

        return all;
    }
}
