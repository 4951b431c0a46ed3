using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Resources;
using FluxRestful.Core.Rpc;
using FluxRestful.EmbeddedBroker.Requests;

namespace FluxRestful.EmbeddedBroker.JobServices;

/// <summary>The constraint of a job list: an object with exactly one key, which is an operator.</summary>
internal static class JobFilter
{
    private static readonly string[] Times = ["t_submit", "t_depend", "t_run", "t_cleanup", "t_inactive"];

    public static Func<JobRecord, bool> Read(JsonElement? constraint)
    {
        if (constraint is not { } given || (given.ValueKind == JsonValueKind.Object && !given.EnumerateObject().Any()))
        {
            return _ => true;
        }

        if (given.ValueKind != JsonValueKind.Object || given.EnumerateObject().Count() > 1)
        {
            throw Invalid("constraint must be an object with one key");
        }

        var member = given.EnumerateObject().First();
        if (member.Value.ValueKind != JsonValueKind.Array)
        {
            throw Invalid($"operator {member.Name} values not an array");
        }

        return Read(member.Name, member.Value.EnumerateArray().ToArray());
    }

    private static Func<JobRecord, bool> Read(string name, JsonElement[] values)
    {
        switch (name)
        {
            case "and":
                var all = Array.ConvertAll(values, value => Read(value));
                return job => Array.TrueForAll(all, filter => filter(job));
            case "or":
                var any = Array.ConvertAll(values, value => Read(value));
                return job => any.Length == 0 || Array.Exists(any, filter => filter(job));
            case "not":
                var none = Array.ConvertAll(values, value => Read(value));
                return job => !Array.TrueForAll(none, filter => filter(job));
            case "userid":
                var users = Array.ConvertAll(values, User);
                return job => Array.Exists(users, user => user is uint.MaxValue or -1 || user == job.UserId);
            case "name" or "queue":
                var texts = values.Select(value => Text(name, value)).ToHashSet();
                return job => (name == "name" ? job.Name : job.Queue) is { } text && texts.Contains(text);
            case "states":
                var states = values.Aggregate(0, (mask, value) => mask | JobMasks.State(value));
                return job => ((int)job.State & states) != 0;
            case "results":
                var results = values.Aggregate(0, (mask, value) => mask | JobMasks.Result(value));
                return job => ((int)job.Result & results) != 0;
            case "ranks":
                var ranks = values.Select(value => IdSet.TryParse(Text(name, value), out var set) ? set : throw Invalid($"ranks value '{value}' must be a valid idset")).ToArray();
                return job => job.Ranks is not null && Array.Exists(ranks, set => set.Contains(0));
            case "hostlist":
                var hosts = values.SelectMany(value => Hostlist.TryParse(Text(name, value), out var list) ? list : throw Invalid($"hostlist value '{value}' not in valid Hostlist format")).ToHashSet();
                return job => job.NodeList is { } node && hosts.Contains(node);
            case var time when Times.Contains(time):
                return Time(time, values);
            default:
                throw Invalid($"unknown constraint operator: {name}");
        }
    }

    // Only the first value counts (surprise 34).
    private static Func<JobRecord, bool> Time(string name, JsonElement[] values)
    {
        var text = values.Length > 0 ? Text(name, values[0]) : "";
        var operation = text.StartsWith(">=", StringComparison.Ordinal) || text.StartsWith("<=", StringComparison.Ordinal) ? text[..2] : text.Length > 0 ? text[..1] : "";
        if (operation is not (">=" or "<=" or ">" or "<")
            || !double.TryParse(text[operation.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var limit))
        {
            throw Invalid($"invalid {name} value '{text}' specified");
        }

        return job => TimeOf(job, name) is { } time && operation switch { ">=" => time >= limit, "<=" => time <= limit, ">" => time > limit, _ => time < limit };
    }

    private static double? TimeOf(JobRecord job, string name) => name switch
    {
        "t_submit" => job.TSubmit,
        "t_depend" => job.TDepend,
        "t_run" => job.TRun,
        "t_cleanup" => job.TCleanup,
        _ => job.TInactive,
    };

    private static long User(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var user) ? user : throw Invalid("userid value must be an integer");

    private static string Text(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Invalid($"{name} value must be a string");

    internal static RequestException Invalid(string text) => new(Errno.EPROTO, $"invalid payload: constraint object invalid: {text}");
}
