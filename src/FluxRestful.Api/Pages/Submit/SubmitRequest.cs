using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>From the form to the request of the API, which then is judged as one of the API's; what cannot even be read is told by field.</summary>
internal static class SubmitRequest
{
    private const int LongestScript = 1024 * 1024;

    internal static JobSubmit? Of(SubmitForm form, Dictionary<string, string> errors)
    {
        var urgency = Count(form.Urgency, "urgency", 0, 31, errors);
        Count(form.Copies, "copies", 1, SubmitCopies.Most, errors);
        if (form.IsJobspec)
        {
            var jobspec = Jobspec(form.JobspecText, errors);
            return errors.Count > 0 ? null : new JobSubmit(Jobspec: jobspec, Urgency: urgency);
        }

        var words = form.IsScript ? null : Words(form.CommandLine, errors);
        if (form.IsScript && !form.ScriptText.StartsWith("#!", StringComparison.Ordinal))
        {
            errors["script"] = "A script begins with #! and the program that reads it, as in #!/bin/sh.";
        }
        else if (form.ScriptText.Length > LongestScript)
        {
            errors["script"] = "A script has at most 1 MiB.";
        }

        var environment = Variables(form.Environment, "environment", "variable", null, errors);
        var options = Variables(form.ShellOptions, "shellOptions", "option", "1", errors);
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
                Urgency: urgency is 16 && !form.IsScript ? null : urgency,
                Dependencies: form.Dependencies.Length > 0 ? form.Dependencies.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries) : null,
                Requires: Given(form.Requires),
                ShellOptions: options.Count > 0 ? options.ToDictionary(option => option.Key, option => Value(option.Value)) : null,
                Stdin: Given(form.Input),
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

        if (DurationInput.Read(text) is { } seconds)
        {
            return seconds;
        }

        errors["timeLimit"] = $"This is {DurationInput.Forms}.";
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

    private static (int? Tasks, int? Nodes) ByNode(SubmitForm form, Dictionary<string, string> errors)
    {
        var nodes = Count(form.Nodes, "nodes", 1, JobSubmit.HighestCount, errors);
        var each = Count(form.TasksPerNode, "tasksPerNode", 1, 100_000, errors);
        if (nodes is null && !form.IsScript)
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

    /// <param name="unsaid">The value of a name alone; null: there is no such thing.</param>
    private static Dictionary<string, string> Variables(string text, string field, string what, string? unsaid, Dictionary<string, string> errors)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at == 0 || (at < 0 && unsaid is null))
            {
                errors[field] = $"One {what} a line, as NAME=VALUE; this is none: {(line.Length > 60 ? line[..60] + "…" : line)}";
                break;
            }

            // A block that was written for a shell may be pasted as it is.
            var name = at < 0 ? line : line[..at].TrimEnd();
            variables[name.StartsWith("export ", StringComparison.Ordinal) ? name["export ".Length..].Trim() : name] = at < 0 ? unsaid! : line[(at + 1)..];
        }

        return variables;
    }

    // As flux-submit(1) does after -o: JSON where it is some, otherwise text.
    private static JsonElement Value(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, ServerJson.Default.String);
        }
    }

    private static JsonElement? Jobspec(string text, Dictionary<string, string> errors)
    {
        try
        {
            if (JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } jobspec)
            {
                return jobspec;
            }

            errors["jobspec"] = "A jobspec is a JSON object.";
        }
        catch (JsonException wrong)
        {
            errors["jobspec"] = text.Trim().Length == 0 ? "A jobspec (RFC 25) is needed, as JSON."
                : string.Create(CultureInfo.InvariantCulture, $"This is no JSON: line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
        }

        return null;
    }

    private static string? Given(string text) => text.Length == 0 ? null : text;
}
