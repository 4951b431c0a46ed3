using System.Globalization;
using System.Text.Json;

namespace FluxRestful.Api.Pages.Submit.Sources;

/// <summary>From a job's jobspec back to the form. Of its environment nothing is copied: secrets may be in it.</summary>
internal static class JobCopy
{
    internal static SubmitForm Of(JsonElement jobspec)
    {
        var system = Get(jobspec, "attributes", "system");
        var task = Get(jobspec, "tasks") is { ValueKind: JsonValueKind.Array } tasks && tasks.GetArrayLength() > 0 ? tasks[0] : default;
        var words = Get(task, "command") is { ValueKind: JsonValueKind.Array } command ? command.EnumerateArray().Select(word => word.ToString()).ToList() : [];
        var (nodes, slots, cores, gpus, exclusive) = Counts(Get(jobspec, "resources"));
        var options = Get(system, "shell", "options");
        var script = Get(system, "files", "script", "data");
        return new SubmitForm
        {
            Kind = script.ValueKind == JsonValueKind.String ? SubmitForm.Script : SubmitForm.Command,
            ScriptText = script.ValueKind == JsonValueKind.String ? script.GetString()! : "",
            CommandLine = string.Join(' ', words.Select(CopyAs.Quoted)),
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
                ? string.Join(' ', dependencies.EnumerateArray().Select(each => $"{Get(each, "scheme")}:{Get(each, "value")}"))
                : "",
            ShellOptions = string.Join('\n', options.ValueKind == JsonValueKind.Object ? options.EnumerateObject().Where(IsPlain).Select(each => $"{each.Name}={each.Value}") : []),
        };
    }

    private static string Path(JsonElement options, string way, string stream) =>
        Get(options, way, stream, "path") is { ValueKind: JsonValueKind.String } path ? path.GetString()! : "";

    // Input and output have fields of their own.
    private static bool IsPlain(JsonProperty option) => option.Name is not ("output" or "input") && option.Value.ValueKind is not JsonValueKind.Object;

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
