using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Pages.Submit.Variables;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Contracts.Jobs.Submitting;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Pages.Submit;

/// <summary>From the form to the request of the API, which then is judged as one of the API's; what cannot even be read is told by field.</summary>
internal static class SubmitRequest
{
    /// <summary>Where a job's tags are in its jobspec.</summary>
    internal const string TagsAttribute = "user.tags";

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

        var environment = EnvironmentRows.ToVariables(form.Variables, errors);
        Lines(form.Environment, "environment", "variable", null, errors);
        var options = EnvironmentRows.Over([], Lines(form.ShellOptions, "shellOptions", "option", "1", errors));
        var arguments = form.IsScript && form.Arguments.Trim().Length > 0 ? Words(form.Arguments, errors, "arguments") : null;
        var duration = Duration(form.TimeLimit, errors);
        var (tasks, nodes) = form.IsByNode ? ByNode(form, errors) : (Count(form.Tasks, "tasks", 1, JobSubmit.HighestCount, errors), null);
        var cores = Count(form.Cores, "cores", 1, JobSubmit.HighestCount, errors);
        var gpus = Count(form.Gpus, "gpus", 0, JobSubmit.HighestCount, errors);
        return errors.Count > 0
            ? null
            : new JobSubmit(
                Command: words,
                Script: form.IsScript ? form.ScriptText : null,
                Arguments: arguments,
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
                Requires: form.Requires.StartsWith('{') ? null : Given(form.Requires),
                Constraints: form.Requires.StartsWith('{') ? Value(form.Requires) : null,
                ShellOptions: options.Count > 0 ? options.ToDictionary(option => option.Name, option => Value(option.Value)) : null,
                Attributes: Tags(form.Tags),
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

    internal static IReadOnlyList<string>? Words(string line, Dictionary<string, string> errors, string field = "command")
    {
        try
        {
            if (CommandLine.Split(line) is { Count: > 0 } words)
            {
                return words;
            }

            errors[field] = "What is to run? A program and its arguments.";
        }
        catch (CommandLineException wrong)
        {
            errors[field] = wrong.Message + ".";
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

    private static IReadOnlyList<EnvironmentRow> Lines(string text, string field, string what, string? unsaid, Dictionary<string, string> errors)
    {
        if (EnvironmentRows.Read(text, what, unsaid, out var error) is { } rows)
        {
            return rows;
        }

        errors[field] = error!;
        return [];
    }

    // Flux leaves attributes.user to users.
    private static Dictionary<string, JsonElement>? Tags(string text) =>
        text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() is { Length: > 0 } tags
            ? new() { [TagsAttribute] = JsonElement.Parse(new JsonArray([.. tags.Select(tag => (JsonNode)tag)]).ToJsonString()) }
            : null;

    // As flux-submit(1) does after -o: JSON where it is some, otherwise text.
    internal static JsonElement Value(string text)
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
