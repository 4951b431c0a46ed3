using System.Globalization;
using System.Text.Json;
using FluxRestful.Core.Resources;

namespace FluxRestful.Core.Jobs.Records;

/// <content>What users see, computed as Flux's tools do (flux-jobs(1)).</content>
public sealed partial record JobRecord
{
    /// <summary>Its tags, one by one.</summary>
    public IReadOnlyList<string> TagList => Tags is { } tags ? tags.Split('\n') : [];

    // What the library gives a job that was canceled before it ran.
    private const int NeverRan = -128;

    private const string BeginTime = "begin-time=";

    /// <summary>The state while active (<c>SCHED</c>), then the result (<c>COMPLETED</c>).</summary>
    public string Status => (State == JobState.Inactive ? Result.ToString() : State.ToString()).ToUpperInvariant();

    /// <summary>N, D, P, S, R or C; then CD, F, CA or TO.</summary>
    public string StatusAbbreviation => State != JobState.Inactive ? State.ToString()[..1] : Result switch
    {
        JobResult.Completed => "CD",
        JobResult.Canceled => "CA",
        JobResult.Timeout => "TO",
        _ => "F",
    };

    /// <summary>
    /// The exit code, 128 and the signal's number for a task that a signal ended, the negative number of the signal that ended the job shell,
    /// -128 if it was canceled before it ran, 1 if it failed before it ran (surprise 42). Null while there is none. A job that is canceled while
    /// it runs has a code beside that result (surprise 43).
    /// </summary>
    public int? ReturnCode => WaitStatus switch
    {
        { } status when TerminatingSignal(status) is var signal and > 0 => -signal,
        { } status when (status & 0x7f) == 0 => (status >> 8) & 0xff,
        null when Result == JobResult.Canceled => NeverRan,
        null when Result == JobResult.Failed => 1,
        _ => null,
    };

    /// <summary>Seconds from start to end, or to now; 0 if it never ran. For a canceled job the end is the moment of the request (surprise 44).</summary>
    public double RuntimeAt(double now) => RuntimeAt(TRun, TCleanup, now);

    /// <summary>Seconds between the start and the end, or now; 0 without a start. All are seconds since 1970.</summary>
    public static double RuntimeAt(double? start, double? end, double now) => start is { } began ? (end ?? now) - began : 0;

    /// <summary>Seconds that a running job has left, not below 0; null if it does not run or has no limit.</summary>
    public double? RemainingAt(double now) => State == JobState.Run && Expiration is > 0 and var end ? Math.Max(0, end - now) : null;

    /// <summary>Why it waits, or how it ended; empty if there is nothing to say.</summary>
    public string Reason(double now) => State switch
    {
        JobState.Depend => "depends:" + string.Join(',', (Dependencies ?? []).Select(Dependency)),
        JobState.Priority => "priority-wait",
        JobState.Sched => Estimate(now) ?? (Urgency, Priority) switch
        {
            (0, _) => "held",
            (_, 0) => "priority-hold",
            _ => "",
        },
        JobState.Inactive => Result switch
        {
            JobResult.Canceled => Exception is { Type: "cancel", Note: { Length: > 0 } note } ? $"Canceled: {note}" : "Canceled",
            JobResult.Timeout => "Timeout",
            JobResult.Failed => Failure(),
            _ => Exit(ReturnCode),
        },
        _ => "",
    };

    /// <summary>A value among the annotations, such as <c>sched</c>, <c>t_estimate</c> or <c>user</c>, <c>uri</c>.</summary>
    public JsonElement? Annotation(params ReadOnlySpan<string> path) =>
        Annotations is { } annotations ? JobAnnotations.Read(annotations).Get(path) : null;

    private static int TerminatingSignal(int status) => (status & 0x7f) is var signal && signal != 0x7f ? signal : 0;

    // The library shows the hour of the machine that asks; ours may be another one than the reader's.
    private static string Dependency(string description) =>
        description.StartsWith(BeginTime, StringComparison.Ordinal)
        && double.TryParse(description.AsSpan(BeginTime.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0 and < 253402300800
            ? string.Create(CultureInfo.InvariantCulture, $"begin@{DateTimeOffset.FromUnixTimeSeconds((long)seconds):yyyy-MM-ddTHH:mm:ssZ}")
            : description;

    private string? Estimate(double now) => Annotation("sched", "t_estimate").Real() switch
    {
        { } time when time < now => "eta:now",
        { } time => $"eta:{FluxDuration.Format(time - now)}",
        null => null,
    };

    // A minus is a hyphen here, whatever the culture of the machine writes.
    private static string Exit(int? code) => string.Create(CultureInfo.InvariantCulture, $"Exit {code}");

    // A failed exec is told by its exit code.
    private string Failure() => (Exception, ReturnCode) switch
    {
        ({ IsFatal: true, Type: not "exec" } exception, _) =>
            $"Exception: type={exception.Type}{(exception.Note.Length > 0 ? $" note={exception.Note}" : "")}",
        (_, > 128 and var code) => SignalNames.Describe(code - 128),
        (_, 126) => "Command invoked cannot execute",
        (_, 127) => "command not found",
        (_, 128) => "Invalid argument to exit",
        var (_, code) => Exit(code),
    };
}
