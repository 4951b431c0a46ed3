using System.Globalization;
using System.Text.Json;
using FluxRestful.Api.Pages.Submit.Variables;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>From a job's jobspec back to the form: all but what is no part of it, or may be nobody's business.</summary>
internal static class JobCopy
{
    internal static SubmitForm Of(JsonElement jobspec)
    {
        var system = Get(jobspec, "attributes", "system");
        var task = Get(jobspec, "tasks") is { ValueKind: JsonValueKind.Array } tasks && tasks.GetArrayLength() > 0 ? tasks[0] : default;
        var words = Get(task, "command") is { ValueKind: JsonValueKind.Array } command ? command.EnumerateArray().Select(word => word.ToString()).ToList() : [];
        var (nodes, slots, cores, gpus, exclusive) = Counts(Get(jobspec, "resources"));
        var options = Get(system, "shell", "options");
        var tags = Get(jobspec, "attributes", "user", "tags");
        var script = Get(system, "files", "script", "data");
        return new SubmitForm
        {
            Kind = script.ValueKind == JsonValueKind.String ? SubmitForm.Script : SubmitForm.Command,
            ScriptText = script.ValueKind == JsonValueKind.String ? script.GetString()! : "",
            CommandLine = Line(words),
            Arguments = script.ValueKind == JsonValueKind.String ? Line(words.Skip(1)) : "",
            Tags = tags.ValueKind == JsonValueKind.Array ? string.Join(' ', tags.EnumerateArray().Select(tag => tag.ToString())) : "",
            Requires = ConstraintText.Of(Get(system, "constraints")),
            Name = Get(system, "job", "name") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "",
            Shape = nodes is null ? SubmitForm.PerTask : SubmitForm.PerNode,
            Tasks = nodes is null ? Text(slots ?? 1) : "1",
            Nodes = Text(nodes ?? 1),
            TasksPerNode = nodes is > 0 && slots is { } each ? Text(each) : "",
            Cores = exclusive && cores is null ? "" : Text(cores ?? 1),
            Gpus = gpus is > 0 ? Text(gpus.Value) : "",
            Exclusive = exclusive,
            TimeLimit = Get(system, "duration") is { ValueKind: JsonValueKind.Number } duration && duration.GetDouble() is > 0 and var seconds
                ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
                : "",
            Queue = Get(system, "queue") is { ValueKind: JsonValueKind.String } queue ? queue.GetString()! : "",
            Directory = Get(system, "cwd") is { ValueKind: JsonValueKind.String } cwd ? cwd.GetString()! : "",
            Output = Path(options, "output", "stdout"),
            Error = Path(options, "output", "stderr"),
            Input = Path(options, "input", "stdin"),
            Dependencies = Get(system, "dependencies") is { ValueKind: JsonValueKind.Array } dependencies
                ? string.Join(' ', dependencies.EnumerateArray().Select(Dependency))
                : "",
            ShellOptions = string.Join('\n', Flat(options, "").Where(IsPlain).Select(each => $"{each.Name}={Word(each.Value)}")),
        };
    }

    private static string Path(JsonElement options, string way, string stream) =>
        Get(options, way, stream, "path") is { ValueKind: JsonValueKind.String } path ? path.GetString()! : "";

    internal static string Dependency(JsonElement each) => Get(each, "value").ToString() is { Length: > 0 } value ? $"{Get(each, "scheme")}:{value}" : Get(each, "scheme").ToString();

    /// <summary>Variables that the job's shell fills in: they are among its options (surprise 46).</summary>
    internal static IEnumerable<EnvironmentRow> Templates(JsonElement jobspec) =>
        Get(jobspec, "attributes", "system", "shell", "options", "env-expand") is { ValueKind: JsonValueKind.Object } templates
            ? templates.EnumerateObject().Select(one => new EnvironmentRow(one.Name, one.Value.ToString()))
            : [];

    private static string Line(IEnumerable<string> words) => string.Join(' ', words.Select(CopyAs.Quoted));

    private static IEnumerable<(string Name, JsonElement Value)> Flat(JsonElement options, string before) => options.ValueKind != JsonValueKind.Object ? []
        : options.EnumerateObject().SelectMany(one => one.Value.ValueKind == JsonValueKind.Object && one.Value.EnumerateObject().Any()
            ? Flat(one.Value, $"{before}{one.Name}.")
            : [(before + one.Name, one.Value)]);

    // These have fields of their own, or every job has them.
    private static bool IsPlain((string Name, JsonElement Value) option) =>
        !option.Name.StartsWith("output.std", StringComparison.Ordinal) && !option.Name.StartsWith("input.stdin.", StringComparison.Ordinal)
        && !option.Name.StartsWith("env-expand.", StringComparison.Ordinal) && option.Name != "output.batch-timeout";

    /// <summary>A value as it is typed: a text that would be read as something else stands in quotes.</summary>
    internal static string Word(JsonElement value) => value.ValueKind == JsonValueKind.String && SubmitRequest.Value(value.GetString()!).ValueKind == JsonValueKind.String
        ? value.GetString()!
        : value.GetRawText();

    // RFC 25, version 1: node, slot and core and gpu, one in the other; node may be missing.
    private static (int? Nodes, int? Slots, int? Cores, int? Gpus, bool Exclusive) Counts(JsonElement resources)
    {
        int? nodes = null, slots = null, cores = null, gpus = null;
        var exclusive = false;
        for (var level = resources; level.ValueKind == JsonValueKind.Array && level.GetArrayLength() > 0;)
        {
            var next = default(JsonElement);
            foreach (var resource in level.EnumerateArray())
            {
                int? count = Get(resource, "count") is { ValueKind: JsonValueKind.Number } given && given.TryGetInt32(out var number) ? number : null;
                switch (Get(resource, "type").ToString())
                {
                    case "node": (nodes, exclusive) = (count, Get(resource, "exclusive").ValueKind == JsonValueKind.True); break;
                    case "slot": slots = count; break;
                    case "core": cores = count; break;
                    case "gpu": gpus = count; break;
                }

                next = Get(resource, "with") is { ValueKind: JsonValueKind.Array } with ? with : next;
            }

            level = next;
        }

        return (nodes, slots, cores, gpus, exclusive);
    }

    private static JsonElement Get(JsonElement from, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            from = from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : default;
        }

        return from;
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
