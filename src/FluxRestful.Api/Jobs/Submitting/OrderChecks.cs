using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>What can be said of a request's members by themselves.</summary>
internal static class OrderChecks
{
    private const int MaxVariables = 1000;

    internal static void Check(JobSubmit submit, OrderErrors errors)
    {
        CheckForm(submit, errors);
        if (submit.Environment?.Count > MaxVariables)
        {
            errors.Add("environment", $"There must not be more than {MaxVariables} variables.");
        }

        if (submit.Urgency is < 0 or > Urgencies.Highest)
        {
            errors.Add("urgency", $"This must be 0 to {Urgencies.Highest}.");
        }

        CheckCount("tasks", submit.Tasks, submit.NumTasks, 1, errors);
        CheckCount("nodes", submit.Nodes, submit.NumNodes, 1, errors);
        CheckCount("coresPerTask", submit.CoresPerTask, submit.CoresPerTaskOfPython, 1, errors);
        CheckCount("gpusPerTask", submit.GpusPerTask, submit.GpusPerTaskOfPython, 0, errors);
    }

    private static void CheckForm(JobSubmit submit, OrderErrors errors)
    {
        var forms = (submit.Command is null ? 0 : 1) + (submit.Script is null ? 0 : 1) + (submit.Jobspec is null ? 0 : 1);
        if (forms != 1)
        {
            errors.Add(
                submit.Command is not null || forms == 0 ? "command" : "script",
                forms == 0 ? "One of command, script and jobspec is needed." : "Only one of command, script and jobspec may be given.");
        }
        else if (submit.Command is { Count: 0 })
        {
            errors.Add("command", "The list needs a program to run.");
        }

        if (submit.Script is null)
        {
            Refuse(errors, "This belongs to a script.", ("arguments", submit.Arguments), ("nested", submit.Nested));
        }

        if (submit.Jobspec is not null)
        {
            Refuse(
                errors,
                "This cannot stand beside a jobspec, which says it itself.",
                ("tasks", submit.Tasks), ("nodes", submit.Nodes), ("coresPerTask", submit.CoresPerTask), ("gpusPerTask", submit.GpusPerTask),
                ("exclusive", submit.Exclusive), ("duration", submit.Duration), ("cwd", submit.Cwd), ("environment", submit.Environment),
                ("name", submit.Name), ("queue", submit.Queue), ("bank", submit.Bank), ("dependencies", submit.Dependencies),
                ("requires", submit.Requires), ("constraints", submit.Constraints), ("shellOptions", submit.ShellOptions), ("attributes", submit.Attributes),
                ("stdin", submit.Stdin), ("stdout", submit.Stdout), ("stderr", submit.Stderr), ("num_tasks", submit.NumTasks), ("num_nodes", submit.NumNodes),
                ("cores_per_task", submit.CoresPerTaskOfPython), ("gpus_per_task", submit.GpusPerTaskOfPython));
        }
    }

    private static void Refuse(OrderErrors errors, string message, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                errors.Add(name, message);
            }
        }
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
}
