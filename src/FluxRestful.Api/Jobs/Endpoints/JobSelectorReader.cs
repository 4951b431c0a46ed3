using System.Globalization;
using FluxRestful.Api.Jobs.Listing;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>From the filters of a query or a body to a <see cref="JobFilter"/>; what is wrong is gathered by field.</summary>
internal static class JobSelectorReader
{
    private const int LongestText = 1000;

    private static readonly Dictionary<string, JobState> States = new(StringComparer.OrdinalIgnoreCase)
    {
        ["new"] = JobState.New,
        ["depend"] = JobState.Depend,
        ["priority"] = JobState.Priority,
        ["sched"] = JobState.Sched,
        ["run"] = JobState.Run,
        ["cleanup"] = JobState.Cleanup,
        ["inactive"] = JobState.Inactive,
        ["pending"] = JobState.Pending | JobState.New,
        ["running"] = JobState.Running,
        ["active"] = JobState.Active | JobState.New,
    };

    private static readonly Dictionary<string, JobResult> Results = new(StringComparer.OrdinalIgnoreCase)
    {
        ["completed"] = JobResult.Completed,
        ["failed"] = JobResult.Failed,
        ["canceled"] = JobResult.Canceled,
        ["timeout"] = JobResult.Timeout,
    };

    /// <param name="selector">What was given.</param>
    /// <param name="prefix">Before the names of fields in errors: <c>filter.</c>, or nothing.</param>
    /// <param name="mineUnlessSaid">Without a scope, only the jobs of whoever asks.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static JobFilter Read(JobSelector selector, string prefix, bool mineUnlessSaid, IDictionary<string, string[]> errors)
    {
        JobState states = 0;
        var results = new HashSet<JobResult>();
        foreach (var name in Split(selector.State))
        {
            if (States.TryGetValue(name, out var state))
            {
                states |= state;
            }
            else if (Results.TryGetValue(name, out var result))
            {
                results.Add(result);
            }
            else
            {
                errors[prefix + "state"] = [$"'{name}' is none of {string.Join(", ", States.Keys.Concat(Results.Keys))}."];
            }
        }

        foreach (var name in Split(selector.Result))
        {
            if (Results.TryGetValue(name, out var result))
            {
                results.Add(result);
            }
            else
            {
                errors[prefix + "result"] = [$"'{name}' is none of {string.Join(", ", Results.Keys)}."];
            }
        }

        foreach (var (name, text) in (ReadOnlySpan<(string, string?)>)
            [("name", selector.Name), ("queue", selector.Queue), ("node", selector.Node), ("tag", selector.Tag), ("text", selector.Text), ("owner", selector.Owner)])
        {
            if (text?.Length > LongestText)
            {
                errors[prefix + name] = [$"At most {LongestText} letters."];
            }
        }

        if (selector.Scope is not (null or "mine" or "all"))
        {
            errors[prefix + "scope"] = ["This is mine or all."];
        }

        return new JobFilter
        {
            States = states,
            Results = results,
            Name = Given(selector.Name),
            Queue = Given(selector.Queue),
            Node = Given(selector.Node),
            Tag = Given(selector.Tag),
            Text = Given(selector.Text),
            Owner = Given(selector.Owner),
            Since = Time(selector.Since, prefix + "since", errors),
            Until = Time(selector.Until, prefix + "until", errors),
            Mine = selector.Scope == "mine" || (mineUnlessSaid && selector is { Scope: null, Owner: null }),
        };
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IEnumerable<string> Split(IReadOnlyList<string>? values) => (values ?? []).SelectMany(value =>
        value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static double? Time(string? text, string field, IDictionary<string, string[]> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUnixTimeMilliseconds() / 1000.0;
        }

        errors[field] = ["This is a time such as 2026-01-31T12:00:00Z, or seconds since 1970."];
        return null;
    }
}
