using System.Text.Json;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Resources;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>From members of a request to a <see cref="JobCommand"/>; null, and a word about the member, if they make none.</summary>
internal static class JobCommandReader
{
    private const int LongestReason = 1000;
    private const int LongestMemo = 16 * 1024;

    public static JobCommand? Cancel(string? reason, IDictionary<string, string[]> errors) =>
        reason?.Length > LongestReason ? Wrong(errors, "reason", $"At most {LongestReason} letters.")
        : reason?.Contains('\0', StringComparison.Ordinal) == true ? Wrong(errors, "reason", "There is a NUL in it.")
        : new CancelJob(string.IsNullOrEmpty(reason) ? null : reason);

    public static JobCommand? Signal(string? signal, IDictionary<string, string[]> errors) => signal is { Length: > 0 and < 32 } && SignalNames.Parse(signal) is { } number
        ? new SignalJob(number)
        : Wrong(errors, "signal", "This is the name or the number of a signal, such as SIGUSR1 or 10.");

    public static JobCommand? Urgency(int? urgency, IDictionary<string, string[]> errors) => urgency is >= 0 and <= Urgencies.Highest
        ? new SetUrgency(urgency.Value)
        : Wrong(errors, "urgency", $"This is between 0 and {Urgencies.Highest}.");

    public static JobCommand? Update(string? duration, string? queue, IDictionary<string, string[]> errors)
    {
        if (duration is null && queue is null)
        {
            return Wrong(errors, "duration", "There is nothing to change: give a duration or a queue.");
        }

        if (queue is { Length: 0 or > 1000 })
        {
            return Wrong(errors, "queue", "This is the name of a queue.");
        }

        if (duration is null)
        {
            return new UpdateJob(null, IsRelative: false, queue);
        }

        var isRelative = duration.StartsWith('+') || duration.StartsWith('-');
        return FluxDuration.TryParse(duration.AsSpan(isRelative ? 1 : 0), out var seconds) && double.IsFinite(seconds) && seconds <= uint.MaxValue
            ? new UpdateJob(duration.StartsWith('-') ? -seconds : seconds, isRelative, queue)
            : Wrong(errors, "duration", "This is a number of seconds, or a duration such as 90s, 15m, 2h, 1d; with + or - before it, a change.");
    }

    public static JobCommand? Memo(JsonElement? memo, IDictionary<string, string[]> errors) => memo is { ValueKind: JsonValueKind.Object } given
        ? given.GetRawText().Length <= LongestMemo ? new NoteMemo(given) : Wrong(errors, "memo", $"At most {LongestMemo} letters.")
        : Wrong(errors, "memo", "This is an object.");

    private static JobCommand? Wrong(IDictionary<string, string[]> errors, string field, string message)
    {
        errors[field] = [message];
        return null;
    }
}
