using System.Text.Json;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>Refuses what Flux's own validator refuses, in its words. Its errors are EPERM, which looks like "not allowed" (surprise 35).</summary>
internal static class JobspecValidator
{
    private static readonly string[] TopLevel = ["version", "resources", "tasks", "attributes"];

    public static void Check(JsonElement jobspec)
    {
        Require(jobspec.ValueKind == JsonValueKind.Object, "jobspec must be a mapping");
        CheckKeys(TopLevel, jobspec, mayLackSome: false);
        var version = jobspec.GetProperty("version");
        Require(version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out _), "version must be an integer");
        Require(version.GetInt64() == 1, "version must be 1");
        CheckAll(jobspec.GetProperty("resources"), "resources must be a sequence", CheckResource);
        CheckAll(jobspec.GetProperty("tasks"), "tasks must be a sequence", CheckTask);
        CheckAttributes(jobspec.GetProperty("attributes"));
    }

    private static void CheckAll(JsonElement sequence, string text, Action<JsonElement> check)
    {
        Require(sequence.ValueKind == JsonValueKind.Array, text);
        foreach (var item in sequence.EnumerateArray())
        {
            check(item);
        }
    }

    private static void CheckResource(JsonElement resource)
    {
        Require(resource.ValueKind == JsonValueKind.Object, "resource must be a mapping");
        Require(resource.TryGetProperty("type", out var type), "type is a required key for resources");
        Require(type.ValueKind == JsonValueKind.String, "type must be a string");
        Require(resource.TryGetProperty("count", out var count), "count is a required key for resources");
        Require(count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out _), "count must be an int or mapping");
        Require(count.GetInt32() > 0 || type.GetString() is not ("node" or "slot" or "core"), "node, slot, or core count must be > 0");
        Require(count.GetInt32() >= 0, "count must be >= 0");
        foreach (var key in (string[])["id", "unit", "label"])
        {
            Require(!resource.TryGetProperty(key, out var text) || text.ValueKind == JsonValueKind.String, $"{key} must be a string");
        }

        Require(type.GetString() != "slot" || resource.TryGetProperty("label", out _), "slots must have labels");
        Require(!resource.TryGetProperty("exclusive", out var exclusive) || exclusive.ValueKind is JsonValueKind.True or JsonValueKind.False, "exclusive must be a boolean");
        if (resource.TryGetProperty("with", out var children))
        {
            CheckAll(children, "with must be a sequence", CheckResource);
        }
    }

    private static void CheckTask(JsonElement task)
    {
        Require(task.ValueKind == JsonValueKind.Object, "task must be a mapping");
        foreach (var key in (string[])["command", "slot", "count"])
        {
            Require(task.TryGetProperty(key, out _), $"Missing key ({key})");
        }

        Require(task.GetProperty("count").ValueKind == JsonValueKind.Object, "count must be a mapping");
        Require(task.GetProperty("slot").ValueKind == JsonValueKind.String, "slot must be a string");
        var command = task.GetProperty("command");
        Require(
            command.ValueKind == JsonValueKind.Array && command.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String),
            "command must be a list of strings");
        Require(command.GetArrayLength() > 0, "command array cannot have length of zero");
    }

    private static void CheckAttributes(JsonElement attributes)
    {
        Require(attributes.ValueKind == JsonValueKind.Object, "attributes must be a mapping");
        CheckKeys(["system", "user"], attributes, mayLackSome: true);
        Require(attributes.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.Object, "Missing key (system)");
        Require(system.TryGetProperty("duration", out var duration), "attributes.system.duration is a required key");
        Require(duration.ValueKind == JsonValueKind.Number, "attributes.system.duration must be a number");
        Require(!system.TryGetProperty("environment", out var environment) || environment.ValueKind == JsonValueKind.Object, "attributes.system.environment must be a mapping");
        if (system.TryGetProperty("dependencies", out var dependencies) && dependencies.ValueKind != JsonValueKind.Array)
        {
            // The real validator dies of it.
            throw new RequestException(Errno.EPROTO, "Unrecoverable error: worker unexpectedly exited");
        }
    }

    private static void CheckKeys(string[] expected, JsonElement given, bool mayLackSome)
    {
        var missing = mayLackSome ? null : expected.FirstOrDefault(key => !given.TryGetProperty(key, out _));
        Require(missing is null, $"Missing key ({missing})");
        foreach (var member in given.EnumerateObject())
        {
            Require(expected.Contains(member.Name), $"Extraneous key ({member.Name})");
        }
    }

    private static void Require(bool condition, string text)
    {
        if (!condition)
        {
            throw new RequestException(Errno.EPERM, text);
        }
    }
}
