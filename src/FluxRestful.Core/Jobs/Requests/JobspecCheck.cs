using System.Text.Json;
using System.Text.Json.Nodes;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>
/// Holds a jobspec that somebody else made against RFC 25, version 1: what Flux's own validator would say no to without naming the member, or not survive
/// (surprises 35 and 39). The details of resources are left to Flux.
/// </summary>
public static class JobspecCheck
{
    private const string Root = "Jobspec";

    private static readonly string[] TopLevel = ["resources", "tasks", "attributes", "version"];

    /// <summary>The jobspec, to be added to.</summary>
    /// <exception cref="JobRequestException">It is none; the member is named.</exception>
    public static JsonObject Read(JsonElement jobspec)
    {
        var root = JobspecPath.Value(Root, jobspec) as JsonObject ?? throw Wrong(Root, "A jobspec is an object.");
        Keys(Root, root, TopLevel);
        foreach (var key in TopLevel)
        {
            Require(root[key] is not null, $"{Root}.{key}", "This member is missing.");
        }

        Require(root["version"] is JsonValue version && version.TryGetValue(out JsonElement number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out var one) && one == 1, $"{Root}.version", "The version must be 1.");
        Require(JobspecCounts.TryRead(jobspec, out _, out var error), $"{Root}.resources", error ?? "");
        Tasks(root["tasks"]!);
        Attributes(Object($"{Root}.attributes", root["attributes"]));
        return root;
    }

    private static void Tasks(JsonNode tasks)
    {
        var only = tasks is JsonArray { Count: 1 } array ? array[0] : null;
        var task = only as JsonObject ?? throw Wrong($"{Root}.tasks", "This must be a list of one task.");
        Require(IsText(task["slot"]), $"{Root}.tasks[0].slot", "The slot's label is missing.");
        Require(task["count"] is JsonObject, $"{Root}.tasks[0].count", "This must be an object.");
        Require(
            task["command"] is JsonArray { Count: > 0 } command && command.All(IsText) && command[0]!.GetValue<string>().Length > 0,
            $"{Root}.tasks[0].command",
            "This must be a list of the program and its arguments.");
    }

    private static void Attributes(JsonObject attributes)
    {
        const string Path = $"{Root}.attributes";
        Keys(Path, attributes, ["system", "user"]);
        Require(attributes["user"] is null or JsonObject, $"{Path}.user", "This must be an object.");
        var system = Object($"{Path}.system", attributes["system"]);
        Require(
            system["duration"] is JsonValue duration && duration.GetValueKind() == JsonValueKind.Number && duration.GetValue<double>() is >= 0 and < double.PositiveInfinity,
            $"{Path}.system.duration",
            "This must be a number of seconds, 0 or more.");
        foreach (var name in (string[])["cwd", "queue", "bank"])
        {
            Require(system[name] is null || IsText(system[name]), $"{Path}.system.{name}", "This must be a string.");
        }

        Require(system["constraints"] is null or JsonObject, $"{Path}.system.constraints", "This must be an object.");
        if (system["environment"] is { } environment)
        {
            foreach (var (name, value) in Object($"{Path}.system.environment", environment))
            {
                VariableName($"{Path}.system.environment", name);
                Require(IsText(value), $"{Path}.system.environment.{name}", "This must be a string.");
            }
        }

        if (system["dependencies"] is { } dependencies)
        {
            Require(
                dependencies is JsonArray list && list.All(each => each is JsonObject one && IsText(one["scheme"]) && IsText(one["value"])),
                $"{Path}.system.dependencies",
                "This must be a list of objects with scheme and value.");
        }
    }

    private static void Keys(string path, JsonObject node, string[] known)
    {
        if (node.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } unknown)
        {
            throw Wrong($"{path}.{unknown}", "There is no such member.");
        }
    }

    private static JsonObject Object(string path, JsonNode? node) => node as JsonObject ?? throw Wrong(path, "This must be an object.");

    private static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    private static void Require(bool holds, string path, string message)
    {
        if (!holds)
        {
            throw Wrong(path, message);
        }
    }
}
