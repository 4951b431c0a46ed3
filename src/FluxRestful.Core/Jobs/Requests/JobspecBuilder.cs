using System.Globalization;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs.Records;
using static FluxRestful.Core.Jobs.Requests.JobRequestCheck;

namespace FluxRestful.Core.Jobs.Requests;

/// <summary>Makes the jobspec (RFC 14, version 1 of RFC 25) that flux-submit(1) and flux-batch(1) make of the same wishes.</summary>
public static class JobspecBuilder
{
    /// <summary>Builds the jobspec.</summary>
    /// <exception cref="JobRequestException">The request asks for something that cannot be; it names the field.</exception>
    public static JsonObject Build(JobRequest request)
    {
        var resources = JobspecResources.Build(request);
        var attributes = new JsonObject { ["system"] = new JsonObject { ["duration"] = 0 } };
        SetSystem(attributes, request);
        JobspecShell.Set(attributes, request, resources.PerResource);
        JobspecFiles.Set(attributes, request);
        foreach (var (key, value) in request.Attributes)
        {
            const string Field = nameof(request.Attributes);
            JobspecPath.Set(attributes, Field, JobspecPath.OfAttribute(key), JobspecPath.Value(Field, value));
        }

        return new()
        {
            ["resources"] = resources.Resources,
            ["tasks"] = new JsonArray(new JsonObject { ["command"] = Command(request), ["slot"] = "task", ["count"] = resources.TaskCount }),
            ["attributes"] = attributes,
            ["version"] = 1,
        };
    }

    private static JsonArray Command(JobRequest request)
    {
        if (request.Command is not { } command)
        {
            throw Wrong(nameof(request.Command), "The command is missing.");
        }

        IEnumerable<string> start = request.Script switch
        {
            null => [],
            { Nested: false } => [JobspecFiles.ScriptPath],
            var script =>
            [
                "flux", "broker",
                .. script.BrokerOptions.Select(option => Text(nameof(request.Script), option)),
                .. script.BrokerConfiguration is null ? (IEnumerable<string>)[] : [JobspecFiles.ConfigurationOption],
                JobspecFiles.ScriptPath,
            ],
        };
        var words = start.Concat(command.Select(word => Text(nameof(request.Command), word))).ToList();
        return words.Count > 0 && words[0].Length > 0
            ? new([.. words.Select(word => (JsonNode)word)])
            : throw Wrong(nameof(request.Command), "There must be a program to run.");
    }

    private static void SetSystem(JsonObject attributes, JobRequest request)
    {
        var system = attributes["system"]!.AsObject();
        if (request.Duration is { } duration)
        {
            system["duration"] = Seconds(nameof(request.Duration), duration);
        }

        system["environment"] = JobspecShell.Environment(request, templates: false);
        SetText(system, "cwd", nameof(request.WorkingDirectory), request.WorkingDirectory);
        SetText(system, "queue", nameof(request.Queue), request.Queue);
        SetText(system, "bank", nameof(request.Bank), request.Bank);
        if (request.Name is { } name)
        {
            system["job"] = new JsonObject { ["name"] = NotEmpty(nameof(request.Name), name) };
        }

        var dependencies = request.Dependencies.Select(text => JobUri.Parse(nameof(request.Dependencies), text)).ToList();
        if (request.BeginTime is { } begin)
        {
            var value = Seconds(nameof(request.BeginTime), begin).ToString("F6", CultureInfo.InvariantCulture).TrimEnd('0');
            dependencies.Add(new() { ["scheme"] = "begin-time", ["value"] = value.EndsWith('.') ? value + "0" : value });
        }

        if (dependencies.Count > 0)
        {
            system["dependencies"] = new JsonArray([.. dependencies]);
        }

        if (request.Requires is { } requires)
        {
            system["constraints"] = JobConstraint.Parse(requires);
        }
    }

    private static void SetText(JsonObject system, string name, string field, string? text)
    {
        if (text is not null)
        {
            system[name] = NotEmpty(field, text);
        }
    }
}
