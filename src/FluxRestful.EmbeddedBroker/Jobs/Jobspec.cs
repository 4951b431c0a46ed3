using System.Text.Json;
using FluxRestful.EmbeddedBroker.Requests;
using FluxRestful.EmbeddedBroker.Scheduling;

namespace FluxRestful.EmbeddedBroker.Jobs;

/// <summary>A jobspec (RFC 14, V1), taken apart into what the broker needs of it.</summary>
internal sealed class Jobspec
{
    private readonly JsonElement _root;

    private Jobspec(JsonElement root)
    {
        _root = root;
        var environment = System is { } system && system.TryGetProperty("environment", out var given) && given.ValueKind == JsonValueKind.Object ? given : default;
        Environment = environment.ValueKind == JsonValueKind.Object
            ? environment.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, TextOf(entry.Value))).ToArray()
            : [];
        Original = Redact(root);
        Redacted = Original;
        Request = ResourceRequest.Of(root);
        Duration = Member("duration") is { ValueKind: JsonValueKind.Number } duration ? duration.GetDouble() : 0;
    }

    /// <summary>The jobspec as it was submitted, without environment.</summary>
    public byte[] Original { get; }

    /// <summary>The same with later updates.</summary>
    public byte[] Redacted { get; private set; }

    /// <summary>Names and values as submitted. Given up once the job has run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; private set; }

    public ResourceRequest Request { get; }

    public double Duration { get; private set; }

    public string? Queue => Text("queue");

    public string? WorkingDirectory => Text("cwd");

    /// <summary>Set by the updates of later events: path and value.</summary>
    public bool IsUpdated { get; private set; }

    public IReadOnlyList<string> Command => _command ??= ReadCommand();

    private string[]? _command;

    private JsonElement? System =>
        _root.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Object
        && attributes.TryGetProperty("system", out var system) && system.ValueKind == JsonValueKind.Object ? system : null;

    /// <summary>Takes a jobspec over. It is read as far as it makes sense: one that skipped validation may hold anything.</summary>
    public static Jobspec Of(JsonElement root) => new(root);

    /// <summary>A member of <c>attributes.system</c>.</summary>
    public JsonElement? Member(string name) => System is { } system && system.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A shell option, by its path below <c>attributes.system.shell.options</c>.</summary>
    public JsonElement? ShellOption(params ReadOnlySpan<string> path)
    {
        var value = Member("shell") ?? default;
        value = Step(value, "options");
        foreach (var name in path)
        {
            value = Step(value, name);
        }

        return value.ValueKind == JsonValueKind.Undefined ? null : value;
    }

    /// <summary>How many tasks to start when the job got this many cores on its one node.</summary>
    public int TaskCount(int cores) => (int)Math.Clamp(CountTasks(cores), 0, int.MaxValue);

    private long CountTasks(long cores)
    {
        if (ShellOption("per-resource") is { } per)
        {
            var each = Step(per, "count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var number) ? number : 1;
            return Step(per, "type").ValueKind == JsonValueKind.String && per.GetProperty("type").GetString() == "core" ? cores * each : each;
        }

        var tasks = Step(FirstTask, "count");
        return Step(tasks, "total") is { ValueKind: JsonValueKind.Number } total && total.TryGetInt32(out var all) ? all
            : Step(tasks, "per_slot") is { ValueKind: JsonValueKind.Number } perSlot && perSlot.TryGetInt32(out var some) ? some * (long)Request.Slots
            : Request.Slots;
    }

    public void UpdateDuration(double seconds)
    {
        Duration = seconds;
        IsUpdated = true;
        Redacted = WithDuration(seconds);
    }

    /// <summary>Gives up what only a start needs.</summary>
    public void ForgetEnvironment() => Environment = [];

    private JsonElement FirstTask =>
        Step(_root, "tasks") is { ValueKind: JsonValueKind.Array } tasks && tasks.GetArrayLength() > 0 ? tasks[0] : default;

    private static JsonElement Step(JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) ? value : default;

    // What is no string arrives in the task as the text "(null)".
    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : "(null)";

    private string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private string[] ReadCommand() => Step(FirstTask, "command") is { ValueKind: JsonValueKind.Array } command
        ? command.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()!).ToArray()
        : [];

    private static byte[] Redact(JsonElement root) => JsonRewriter.Rewrite(root, (path, _) => path == "attributes.system.environment" ? [] : null);

    private byte[] WithDuration(double seconds)
    {
        var value = global::System.Text.Encoding.UTF8.GetBytes(JsonRewriter.Real(seconds));
        return JsonRewriter.Rewrite(JsonText.Parse(Redacted), (path, _) => path == "attributes.system.duration" ? value : null);
    }
}
