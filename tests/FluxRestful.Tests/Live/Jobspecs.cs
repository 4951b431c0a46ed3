using System.Text.Json;
using System.Text.Json.Nodes;

namespace FluxRestful.Tests.Live;

/// <summary>Jobspecs written down by hand: what a broker makes of them must not depend on our own builder.</summary>
internal static class Jobspecs
{
    internal const string Path = "/usr/local/bin:/usr/bin:/bin";

    /// <summary>One task on one core, with a PATH.</summary>
    internal static JsonObject Of(params string[] command) => new()
    {
        ["version"] = 1,
        ["resources"] = new JsonArray(Slot(1, 1)),
        ["tasks"] = new JsonArray(new JsonObject
        {
            ["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
            ["slot"] = "task",
            ["count"] = new JsonObject { ["per_slot"] = 1 },
        }),
        ["attributes"] = new JsonObject
        {
            ["system"] = new JsonObject
            {
                ["duration"] = 0,
                ["cwd"] = "/",
                ["environment"] = new JsonObject { ["PATH"] = Path },
            },
        },
    };

    /// <summary>A line for the shell.</summary>
    internal static JsonObject Script(string script) => Of("sh", "-c", script);

    /// <summary>So many tasks, each with so many cores.</summary>
    internal static JsonObject Tasks(this JsonObject jobspec, int tasks, int cores = 1)
    {
        jobspec["resources"] = new JsonArray(Slot(tasks, cores));
        return jobspec;
    }

    /// <summary>So many nodes with so many slots each.</summary>
    internal static JsonObject Nodes(this JsonObject jobspec, int nodes, int slots = 1, bool exclusive = false)
    {
        var node = new JsonObject { ["type"] = "node", ["count"] = nodes, ["with"] = new JsonArray(Slot(slots, 1)) };
        if (exclusive)
        {
            node["exclusive"] = true;
        }

        jobspec["resources"] = new JsonArray(node);
        return jobspec;
    }

    /// <summary>Sets an attribute below <c>attributes</c>: <c>With("system.duration", 0.5)</c>.</summary>
    internal static JsonObject With(this JsonObject jobspec, string path, object? value)
    {
        var at = jobspec["attributes"]!.AsObject();
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
        {
            at = (at[part] ??= new JsonObject()).AsObject();
        }

        at[parts[^1]] = JsonSerializer.SerializeToNode(value);
        return jobspec;
    }

    /// <summary>With output and input handed on at once rather than every half second.</summary>
    internal static JsonObject Prompt(this JsonObject jobspec) => jobspec
        .With("system.shell.options.output", new Dictionary<string, double> { ["batch-timeout"] = 0.01 })
        .With("system.shell.options.input", new Dictionary<string, double> { ["batch-timeout"] = 0.0 });

    private static JsonObject Slot(int count, int cores) => new()
    {
        ["type"] = "slot",
        ["count"] = count,
        ["label"] = "task",
        ["with"] = new JsonArray(new JsonObject { ["type"] = "core", ["count"] = cores }),
    };
}
