using System.Globalization;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>What a job waits for. A tenant's job waits for its own jobs only: another's would tell how that one ended.</summary>
internal sealed class OrderDependencies(TenantJobs jobs, TimeProvider time)
{
    private const int Most = 1000;

    private static readonly string[] OnJobs = ["after", "afterany", "afterok", "afternotok", "afterstart", "afterexcept"];

    /// <summary>The dependencies in the form that Flux takes.</summary>
    internal async Task<IReadOnlyList<string>> ReadAsync(IReadOnlyList<string> asked, OrderErrors errors, CancellationToken cancellationToken)
    {
        if (asked.Count > Most)
        {
            errors.Add("dependencies", $"There must not be more than {Most}.");
            return [];
        }

        var read = new List<string>(asked.Count);
        for (var i = 0; i < asked.Count; i++)
        {
            var text = asked[i] ?? "";
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var (scheme, value) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
            if (await CheckAsync(scheme.ToLowerInvariant(), value, cancellationToken) is { } error)
            {
                errors.Add($"dependencies[{i}]", error);
            }

            read.Add(scheme.Equals("begin-time", StringComparison.OrdinalIgnoreCase) && BeginTime(value) is { } begin
                ? string.Create(CultureInfo.InvariantCulture, $"begin-time:{begin:F3}")
                : text);
        }

        return read;
    }

    /// <summary>What is wrong with one dependency; null if nothing is, or if only Flux can tell.</summary>
    internal async Task<string?> CheckAsync(string scheme, string value, CancellationToken cancellationToken) => scheme switch
    {
        "begin-time" when BeginTime(value) is null => "After begin-time: belong seconds since 1970, an RFC 3339 time, or a duration such as +5m.",
        _ when !OnJobs.Contains(scheme) => null,
        _ when !JobId.TryParse(value.Split('?')[0], out var id) => $"After {scheme}: belongs a job's id.",
        _ => await jobs.FindAsync(JobId.Parse(value.Split('?')[0]), cancellationToken) is null ? "There is no such job." : null,
    };

    private double? BeginTime(string value)
    {
        var now = time.GetUtcNow();
        if (value.StartsWith('+'))
        {
            return FluxDuration.TryParse(value.AsSpan(1), out var wait) && double.IsFinite(wait) ? now.ToUnixTimeMilliseconds() / 1000.0 + wait : null;
        }

        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsFinite(seconds) ? seconds : null;
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUnixTimeMilliseconds() / 1000.0
            : null;
    }
}
