using System.Globalization;
using FluxRestful.Api.Storage;

namespace FluxRestful.Api.Admin;

/// <summary>An account's limits as options of a verb and in settings: <c>--active-jobs 5</c>, <c>--nodes none</c> for what holds for everybody, <c>--nodes unlimited</c>.</summary>
internal static class LimitOptions
{
    private const string NoLimit = "none";
    private const string Unlimited = "unlimited";
    private const int Wrong = -2;

    private static readonly Dictionary<string, (int Least, Func<TenantLimits, int?, TenantLimits> Set, Func<TenantLimits, int?> Get)> All = new()
    {
        ["active-jobs"] = (0, (limits, value) => limits with { ActiveJobs = value }, limits => limits.ActiveJobs),
        ["queued-jobs"] = (0, (limits, value) => limits with { QueuedJobs = value }, limits => limits.QueuedJobs),
        ["nodes"] = (1, (limits, value) => limits with { Nodes = value }, limits => limits.Nodes),
        ["cores"] = (1, (limits, value) => limits with { Cores = value }, limits => limits.Cores),
        ["duration"] = (1, (limits, value) => limits with { Duration = value }, limits => limits.Duration),
        ["submits-per-minute"] = (1, (limits, value) => limits with { SubmitsPerMinute = value }, limits => limits.SubmitsPerMinute),
    };

    internal static IEnumerable<string> Names => All.Keys;

    /// <summary>Sets what the options name and leaves the rest.</summary>
    /// <param name="problem">What is wrong with the first bad one; null when nothing is.</param>
    internal static Func<TenantLimits, TenantLimits> Read(IReadOnlyDictionary<string, string> options, out string? problem)
    {
        var changes = new List<Func<TenantLimits, TenantLimits>>();
        problem = null;
        foreach (var (name, (least, set, _)) in All)
        {
            if (!options.TryGetValue(name, out var text))
            {
                continue;
            }

            int? value = text == NoLimit ? null
                : text == Unlimited ? TenantLimits.Unlimited
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 1_000_000_000 ? number
                : Wrong;
            if (value == Wrong)
            {
                problem ??= $"--{name}: '{text}' is neither a whole number from {least} on nor {NoLimit} nor {Unlimited}";
            }

            changes.Add(limits => set(limits, value));
        }

        return limits => changes.Aggregate(limits, (changed, change) => change(changed));
    }

    /// <summary>The limits that there are, in words.</summary>
    internal static string Describe(TenantLimits limits) =>
        string.Join(' ', All.Where(limit => limit.Value.Get(limits) is not null).Select(limit => string.Create(
            CultureInfo.InvariantCulture, $"{limit.Key}={(limit.Value.Get(limits) is var value && value == TenantLimits.Unlimited ? Unlimited : value)}")));
}
