using System.Globalization;
using System.Text.Json.Nodes;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>What a job waits for. A tenant's job waits for its own jobs only: another's would tell how that one ended.</summary>
internal sealed class OrderDependencies(TenantJobs jobs, TimeProvider time)
{
    private const int Most = 1000;
    internal const string BeginTimeScheme = "begin-time:";

    private static readonly string[] OnJobs = ["after", "afterany", "afterok", "afternotok", "afterstart", "afterexcept"];

    /// <summary>The dependencies in the form that Flux takes: a moment as seconds since 1970.</summary>
    internal IReadOnlyList<string> Read(IReadOnlyList<string> asked) =>
        [.. asked.Select(text => text is not null && text.StartsWith(BeginTimeScheme, StringComparison.OrdinalIgnoreCase) && BeginTime(text[BeginTimeScheme.Length..]) is { } begin
            ? At(begin)
            : text ?? "")];

    /// <summary>Those of a jobspec, wherever in the request they came from.</summary>
    /// <param name="given">A list of objects with scheme and value.</param>
    /// <param name="member">What to call the list; the script is named as a whole.</param>
    internal async Task CheckAsync(JsonArray given, string member, OrderErrors errors, CancellationToken cancellationToken)
    {
        for (var i = 0; i < given.Count; i++)
        {
            if (await WrongAsync(given[i]!["scheme"]!.GetValue<string>(), given[i]!["value"]!.GetValue<string>(), i, cancellationToken) is { } error)
            {
                errors.Add(member == "script" ? member : $"{member}[{i}]", error);
            }
        }
    }

    /// <summary>Null if nothing is wrong, or if only Flux can tell.</summary>
    private async Task<string?> WrongAsync(string scheme, string value, int index, CancellationToken cancellationToken)
    {
        if (index >= Most)
        {
            return $"There must not be more than {Most}.";
        }

        var kind = scheme.ToLowerInvariant();
        return kind switch
        {
            "begin-time" when BeginTime(value) is null => "After begin-time: belong seconds since 1970, an RFC 3339 time, or a duration such as +5m.",
            _ when !OnJobs.Contains(kind) => null,
            _ when !JobId.TryParse(value.Split('?')[0], out _) => $"After {kind}: belongs a job's id.",
            _ => await jobs.FindAsync(JobId.Parse(value.Split('?')[0]), cancellationToken) is null ? "There is no such job." : null,
        };
    }

    /// <summary>As <see cref="Read"/>, of a dependency that says the same whenever it is read: all but those on a time from now.</summary>
    internal static string Settled(string text) => text.StartsWith(BeginTimeScheme, StringComparison.OrdinalIgnoreCase) && Moment(text[BeginTimeScheme.Length..]) is { } begin ? At(begin) : text;

    private static string At(double begin) => string.Create(CultureInfo.InvariantCulture, $"{BeginTimeScheme}{begin:F3}");

    private double? BeginTime(string value) => !value.StartsWith('+') ? Moment(value)
        : FluxDuration.TryParse(value.AsSpan(1), out var wait) && double.IsFinite(wait) ? (time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0) + wait
        : null;

    private static double? Moment(string value)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsFinite(seconds) ? seconds : null;
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeMilliseconds() / 1000.0
            : null;
    }
}
