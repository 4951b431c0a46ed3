using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>What a request asks of the job shell: <c>attributes.system.shell.options</c>.</summary>
internal static class JobspecShell
{
    private const string Prefix = "system.shell.options.";
    private const string DefaultBatchOutput = "flux-{{id}}.out";

    // A value with a template is not for the environment as it is: the job shell expands it.
    internal static JsonObject Environment(JobRequest request, bool templates)
    {
        var environment = new JsonObject();
        foreach (var (name, value) in request.Environment)
        {
            VariableName(nameof(request.Environment), name);
            if (Text(nameof(request.Environment), value).Contains("{{", StringComparison.Ordinal) == templates)
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    internal static void Set(JsonObject attributes, JobRequest request, JsonObject? perResource)
    {
        void Option(string field, string path, JsonNode? value) => JobspecPath.Set(attributes, field, Prefix + path, value);

        void Stream(string field, string path, string? file)
        {
            if (file is not (null or "none" or "kvs"))
            {
                Option(field, $"{path}.type", "file");
                Option(field, $"{path}.path", NotEmpty(field, file));
                if (request.LabelOutput && path != "input.stdin")
                {
                    Option(field, $"{path}.label", true);
                }
            }
        }

        var nested = request.Script?.Nested == true;
        if (perResource is not null)
        {
            Option(nameof(request.TasksPerNode), "per-resource", perResource);
        }

        if (Environment(request, templates: true) is { Count: > 0 } templates)
        {
            Option(nameof(request.Environment), "env-expand", templates);
        }

        if (request.ResourceLimits is { Count: > 0 } limits)
        {
            Option(nameof(request.ResourceLimits), "rlimit", new JsonObject(limits.Select(limit =>
                KeyValuePair.Create(NotEmpty(nameof(request.ResourceLimits), limit.Key), (JsonNode?)limit.Value))));
        }

        Stream(nameof(request.Input), "input.stdin", request.Input);
        Stream(nameof(request.Output), "output.stdout", request.Output ?? (nested ? DefaultBatchOutput : null));
        Stream(nameof(request.Error), "output.stderr", request.Error);
        if (request.Unbuffered)
        {
            Option(nameof(request.Unbuffered), "output.stdout.buffer.type", "none");
            Option(nameof(request.Unbuffered), "output.stderr.buffer.type", "none");
            Option(nameof(request.Unbuffered), "output.batch-timeout", 0.05);
            Option(nameof(request.Unbuffered), "input.batch-timeout", 0.0);
        }

        if (nested)
        {
            Option(nameof(request.Script), "per-resource.type", "node");
            Option(nameof(request.Script), "mpi", "none");
            Option(nameof(request.Script), "exit-timeout", "none");
        }

        if (request.Signal is { } signal)
        {
            Option(nameof(request.Signal), "signal", Signal(signal));
        }

        if (request.TaskMap is { } taskMap)
        {
            Option(nameof(request.TaskMap), "taskmap", JobUri.Parse(nameof(request.TaskMap), taskMap));
        }

        foreach (var (path, value) in request.ShellOptions)
        {
            Option(nameof(request.ShellOptions), path, JobspecPath.Value(nameof(request.ShellOptions), value));
        }
    }

    private static JsonObject Signal(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at];
        var number = SignalNames.Parse(name.Length > 0 ? name : "USR1") ?? throw Wrong(nameof(JobRequest.Signal), "There is no such signal.");
        var time = at < 0 || at == text.Length - 1 ? "60" : text[(at + 1)..];
        return FluxDuration.TryParse(time, out var seconds) && double.IsFinite(seconds)
            ? new() { ["signum"] = number, ["timeleft"] = seconds }
            : throw Wrong(nameof(JobRequest.Signal), "After the @ belongs a duration such as 30s.");
    }
}
