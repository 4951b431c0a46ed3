using System.Globalization;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>From the form to the request of the API, which then is judged as one of the API's; what cannot even be read is told by field.</summary>
internal static class SubmitRequest
{
    private const int LongestScript = 1024 * 1024;

    internal static JobSubmit? Of(SubmitForm form, Dictionary<string, string> errors)
    {
        var words = form.IsScript ? null : Words(form.CommandLine, errors);
        if (form.IsScript && !form.ScriptText.StartsWith("#!", StringComparison.Ordinal))
        {
            errors["script"] = "A script begins with #! and the program that reads it, as in #!/bin/sh.";
        }
        else if (form.ScriptText.Length > LongestScript)
        {
            errors["script"] = "A script has at most 1 MiB.";
        }

        var urgency = Count(form.Urgency, "urgency", 0, 31, errors);
        var environment = Environment(form.Environment, errors);
        var duration = Duration(form.TimeLimit, errors);
        var (tasks, nodes) = form.IsByNode ? ByNode(form, errors) : (Count(form.Tasks, "tasks", 1, JobSubmit.HighestCount, errors), null);
        var cores = Count(form.Cores, "cores", 1, JobSubmit.HighestCount, errors);
        var gpus = Count(form.Gpus, "gpus", 0, JobSubmit.HighestCount, errors);
        return errors.Count > 0
            ? null
            : new JobSubmit(
                Command: words,
                Script: form.IsScript ? form.ScriptText : null,
                Tasks: tasks,
                Nodes: nodes,
                CoresPerTask: form.IsByNode && form.Exclusive ? null : cores,
                GpusPerTask: gpus is 0 ? null : gpus,
                Exclusive: form.IsByNode && form.Exclusive ? true : null,
                Duration: duration is { } seconds ? new JobDuration(seconds, null) : null,
                Cwd: Given(form.Directory),
                Environment: environment.Count > 0 ? environment : null,
                Name: Given(form.Name),
                Queue: Given(form.Queue),
                Urgency: urgency is 16 ? null : urgency,
                Dependencies: form.Dependencies.Length > 0 ? form.Dependencies.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) : null,
                Requires: Given(form.Requires),
                Stdout: Given(form.Output),
                Stderr: Given(form.Error));
    }

    /// <summary>Seconds. Without a unit these are minutes, as for flux-submit(1).</summary>
    internal static double? Duration(string text, Dictionary<string, string> errors)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes))
        {
            return minutes * 60;
        }

        if (Clock(text) is { } clock)
        {
            return clock;
        }

        if (FluxDuration.TryParse(text.Replace(" ", "", StringComparison.Ordinal), out var seconds))
        {
            return seconds;
        }

        errors["timeLimit"] = "This is minutes, or a number with a unit: 90s, 30m, 1.5h, 2d, or 1:30:00.";
        return null;
    }

    internal static IReadOnlyList<string>? Words(string line, Dictionary<string, string> errors)
    {
        try
        {
            if (CommandLine.Split(line) is { Count: > 0 } words)
            {
                return words;
            }

            errors["command"] = "What is to run? A program and its arguments.";
        }
        catch (CommandLineException wrong)
        {
            errors["command"] = wrong.Message + ".";
        }

        return null;
    }

    // HH:MM:SS, or MM:SS.
    private static double? Clock(string text)
    {
        var parts = text.Split(':');
        if (parts.Length is < 2 or > 3)
        {
            return null;
        }

        var seconds = 0.0;
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 100_000)
            {
                return null;
            }

            seconds = (seconds * 60) + value;
        }

        return seconds;
    }

    private static (int? Tasks, int? Nodes) ByNode(SubmitForm form, Dictionary<string, string> errors)
    {
        var nodes = Count(form.Nodes, "nodes", 1, JobSubmit.HighestCount, errors);
        var each = Count(form.TasksPerNode, "tasksPerNode", 1, 100_000, errors);
        if (nodes is null)
        {
            errors.TryAdd("nodes", "How many nodes?");
        }

        return (each * nodes, nodes);
    }

    private static int? Count(string text, string field, int lowest, int highest, Dictionary<string, string> errors)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= lowest && count <= highest)
        {
            return count;
        }

        errors[field] = string.Create(CultureInfo.InvariantCulture, $"This is a number from {lowest} to {highest}.");
        return null;
    }

    private static Dictionary<string, string> Environment(string text, Dictionary<string, string> errors)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
            {
                errors["environment"] = $"One variable a line, as NAME=VALUE; this is none: {(line.Length > 60 ? line[..60] + "…" : line)}";
                break;
            }

            variables[line[..at].TrimEnd()] = line[(at + 1)..];
        }

        return variables;
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
