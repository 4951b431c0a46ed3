using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Cluster;

/// <summary>
/// What the instance's configuration says of the jobs of one queue (RFC 33): what the queue says itself goes, value by value, before what is said for all. The one
/// place that reads it; Flux judges by it when a job comes in.
/// </summary>
internal sealed class QueuePolicy
{
    private QueuePolicy(JsonElement config, string? queue)
    {
        Queue = queue;
        var general = Find(config, "policy");
        var own = queue is null ? null : Find(config, "queues", queue, "policy");
        Limits = Merge(Find(general, "limits"), Find(own, "limits"));
        LongestDuration = Seconds(Find(Limits, "duration"));
        UsualDuration = Seconds(Find(own, "jobspec", "defaults", "system", "duration") ?? Find(general, "jobspec", "defaults", "system", "duration"));
        (Nodes, Cores, Gpus) = (Range("nnodes"), Range("ncores"), Range("ngpus"));
        Requires = queue is not null && Find(config, "queues", queue, "requires") is { ValueKind: JsonValueKind.Array } properties
            ? [.. properties.EnumerateArray().Select(property => property.ToString())]
            : [];
    }

    /// <summary>Whose this is; null: of the one without a name, or of none in particular.</summary>
    internal string? Queue { get; }

    /// <summary>The limits as they are configured; null: none.</summary>
    internal JsonElement? Limits { get; }

    /// <summary>Seconds that a job may ask for; null: any number.</summary>
    internal double? LongestDuration { get; }

    /// <summary>Seconds that a job is given that asks for none; null: it has no end.</summary>
    internal double? UsualDuration { get; }

    internal (int? Least, int? Most) Nodes { get; }

    internal (int? Least, int? Most) Cores { get; }

    internal (int? Least, int? Most) Gpus { get; }

    /// <summary>Properties of the nodes that the queue's jobs are given.</summary>
    internal IReadOnlyList<string> Requires { get; }

    /// <param name="config">The whole configuration.</param>
    /// <param name="queue">Null where there are no named queues.</param>
    internal static QueuePolicy Of(JsonElement config, string? queue) => new(config, queue);

    /// <param name="limits">Those of a queue alone, as they are configured; null: none.</param>
    internal static QueuePolicy OfLimits(JsonElement? limits) =>
        new(JsonElement.Parse($$$"""{"policy":{"limits":{{{limits?.GetRawText() ?? "{}"}}}}}"""), null);

    /// <summary>Where a job goes that names no queue; null: nothing is said of that.</summary>
    internal static string? DefaultQueue(JsonElement config) =>
        Find(config, "policy", "jobspec", "defaults", "system", "queue") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    /// <summary>The first limit that such a job would meet, and what it says; null: none.</summary>
    /// <param name="counts">What the job asks for. As for Flux, a node that is left to the scheduler counts as none, and whole nodes have the cores that were named.</param>
    /// <param name="duration">Seconds; 0: it asks for none.</param>
    internal (string Limit, string Message)? Refusal(JobspecCounts counts, double duration)
    {
        var seconds = duration > 0 ? duration : UsualDuration ?? 0;
        if (LongestDuration is { } longest && (seconds <= 0 || seconds > longest))
        {
            return ("duration", $"A job may run for {FluxDuration.Format(longest)} here; this one asks for {(seconds <= 0 ? "no time limit" : FluxDuration.Format(seconds))}.");
        }

        return Beyond("nodes", counts.Nodes, Nodes) ?? Beyond("cores", (long)counts.Slots * counts.SlotSize, Cores) ?? Beyond("gpus", (long)counts.Slots * counts.SlotGpus, Gpus);
    }

    private static (string, string)? Beyond(string what, long asked, (int? Least, int? Most) range)
    {
        var limit = asked > range.Most ? $"at most {Text(range.Most.Value)}" : asked < range.Least ? $"at least {Text(range.Least.Value)}" : null;
        return limit is null ? null : (what, $"A job has {limit} {(what == "gpus" ? "GPUs" : what)} here; this one asks for {Text(asked)}.");
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private (int? Least, int? Most) Range(string what) => (Size("min", what), Size("max", what));

    // -1 lifts what is said for all.
    private int? Size(string end, string what) =>
        Find(Limits, "job-size", end, what) is { ValueKind: JsonValueKind.Number } size && size.TryGetInt32(out var count) && count >= 0 ? count : null;

    // 0 lifts what is said for all.
    private static double? Seconds(JsonElement? duration) => duration switch
    {
        { ValueKind: JsonValueKind.Number } number when number.GetDouble() > 0 => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text when FluxDuration.TryParse(text.GetString(), out var seconds) && double.IsFinite(seconds) && seconds > 0 => seconds,
        _ => null,
    };

    private static JsonElement? Merge(JsonElement? general, JsonElement? own)
    {
        if (general is not { ValueKind: JsonValueKind.Object } all || own is not { ValueKind: JsonValueKind.Object } one)
        {
            return own ?? general;
        }

        var members = all.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        foreach (var member in one.EnumerateObject())
        {
            members[member.Name] = Merge(members.TryGetValue(member.Name, out var before) ? before : null, member.Value)!.Value;
        }

        return JsonElement.Parse($"{{{string.Join(',', members.Select(member => $"\"{JsonEncodedText.Encode(member.Key)}\":{member.Value.GetRawText()}"))}}}");
    }

    private static JsonElement? Find(JsonElement? from, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            from = from is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(step, out var value) ? value : null;
        }

        return from;
    }
}
