using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Tenants;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs.Requests;
using FluxRestful.Core.Resources;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>Makes of a request what can be submitted, or says by member what is wrong with it.</summary>
internal sealed class JobOrders(
    CurrentTenant tenant, OrderDependencies dependencies, JobEnvironment environment, ServerOptions server, IOptions<JobOptions> options)
{
    private const int MaxVariables = 1000;

    /// <summary>
    /// Tenants are to this server what guests are to Flux, which lets nobody but the instance's owner go above the usual urgency; whoever may control
    /// everybody's jobs may here.
    /// </summary>
    private int HighestUrgency => tenant.May(Permission.JobsWriteAll) ? JobOrder.HighestUrgency : JobOrder.UsualUrgency;

    internal async Task<MadeOrder> MakeAsync(JobSubmit submit, CancellationToken cancellationToken)
    {
        var errors = new OrderErrors();
        CheckWhole(submit, errors);
        if (errors.Any)
        {
            return new(errors);
        }

        var urgency = submit.Urgency ?? JobOrder.UsualUrgency;
        if (urgency > HighestUrgency)
        {
            errors.Add("urgency", $"More than {HighestUrgency} is for operators and superusers.");
        }

        try
        {
            var request = ToRequest(submit, errors) with
            {
                Dependencies = await dependencies.ReadAsync(submit.Dependencies ?? [], errors, cancellationToken),
            };
            var jobspec = JobspecBuilder.Build(request);
            return errors.Any ? new(errors) : new(new JobOrder(jobspec, urgency));
        }
        catch (JobRequestException wrong)
        {
            errors.Add(wrong, isScript: submit.Script is not null);
            return new(errors);
        }
    }

    private static void CheckWhole(JobSubmit submit, OrderErrors errors)
    {
        if (submit.Command is not { Count: > 0 })
        {
            errors.Add("command", "A list of the program and its arguments is needed.");
        }

        if (submit.Environment?.Count > MaxVariables)
        {
            errors.Add("environment", $"There must not be more than {MaxVariables} variables.");
        }

        if (submit.Urgency is < 0 or > JobOrder.HighestUrgency)
        {
            errors.Add("urgency", $"This must be 0 to {JobOrder.HighestUrgency}.");
        }

        CheckCount("tasks", submit.Tasks, submit.NumTasks, 1, errors);
        CheckCount("nodes", submit.Nodes, submit.NumNodes, 1, errors);
        CheckCount("coresPerTask", submit.CoresPerTask, submit.CoresPerTaskOfPython, 1, errors);
        CheckCount("gpusPerTask", submit.GpusPerTask, submit.GpusPerTaskOfPython, 0, errors);
    }

    private static void CheckCount(string name, int? count, int? other, int lowest, OrderErrors errors)
    {
        if (count is not null && other is not null)
        {
            errors.Add(name, "This is given under two names.");
        }
        else if ((count ?? other) is { } given && (given < lowest || given > JobSubmit.HighestCount))
        {
            errors.Add(name, $"This must be {lowest} to {JobSubmit.HighestCount}.");
        }
    }

    private JobRequest ToRequest(JobSubmit submit, OrderErrors errors)
    {
        var nodes = submit.Nodes ?? submit.NumNodes;
        return new JobRequest
        {
            Command = submit.Command ?? [],
            // Nodes and nothing else: a task on each.
            Tasks = submit.Tasks ?? submit.NumTasks ?? nodes,
            Nodes = nodes,
            CoresPerTask = submit.CoresPerTask ?? submit.CoresPerTaskOfPython,
            GpusPerTask = submit.GpusPerTask ?? submit.GpusPerTaskOfPython,
            Exclusive = submit.Exclusive ?? false,
            Duration = Seconds(submit.Duration, errors),
            WorkingDirectory = submit.Cwd ?? environment.Home,
            Environment = environment.With(submit.Environment ?? new Dictionary<string, string>()),
            Name = submit.Name,
            Queue = submit.Queue,
            Bank = submit.Bank,
            Requires = submit.Requires,
            ShellOptions = ShellOptions(submit),
            Attributes = Attributes(submit, errors),
            Input = submit.Stdin,
            Output = submit.Stdout,
            Error = submit.Stderr,
        };
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

    private Dictionary<string, JsonElement> ShellOptions(JobSubmit submit)
    {
        var all = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
        {
            ["output.batch-timeout"] = JobOption.Parse(string.Create(CultureInfo.InvariantCulture, $"={options.Value.OutputDelay:R}")).Value,
        };
        foreach (var (name, value) in server.OptionFlags)
        {
            all[name] = JobOption.Parse($"{name}={value}").Value;
        }

        foreach (var (name, value) in submit.ShellOptions ?? new Dictionary<string, JsonElement>())
        {
            all[name] = value;
        }

        return all;
    }

    private static Dictionary<string, JsonElement> Attributes(JobSubmit submit, OrderErrors errors)
    {
        var all = new Dictionary<string, JsonElement>(submit.Attributes ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        if (submit.Constraints is not { } constraints)
        {
            return all;
        }

        if (submit.Requires is not null)
        {
            errors.Add("constraints", "Either this or requires may be given.");
        }
        else if (constraints.ValueKind != JsonValueKind.Object)
        {
            errors.Add("constraints", "This must be an object.");
        }

        all["system.constraints"] = constraints;
        return all;
    }
}
