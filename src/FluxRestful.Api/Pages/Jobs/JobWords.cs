using System.Globalization;
using FluxRestful.Api.Pages.Words;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;

namespace FluxRestful.Api.Pages.Jobs;

/// <summary>Why a job waits and how it ended, in plain words with Flux's own beside them.</summary>
internal static class JobWords
{
    /// <summary>A few words below the badge; null when there is nothing to add.</summary>
    internal static string? Short(JobRecord job, double now) => job.State switch
    {
        JobState.Depend => Waits(job),
        JobState.Priority => "waits for a priority",
        JobState.Sched when job.Urgency == 0 => "until its urgency is raised",
        JobState.Sched => job.Annotation("sched", "t_estimate") is { ValueKind: System.Text.Json.JsonValueKind.Number } at && at.GetDouble() > now
            ? $"starts in ~{Durations.Of(at.GetDouble() - now)}"
            : "waits for resources",
        JobState.Inactive => job.Result switch
        {
            JobResult.Completed => null,
            JobResult.Canceled => job.Exception is { Note.Length: > 0 } why ? why.Note : null,
            JobResult.Timeout => "reached its time limit",
            _ => Failure(job),
        },
        _ => null,
    };

    /// <summary>The one sentence at the top of a job's page.</summary>
    internal static string Sentence(JobRecord job, double now) => job.State switch
    {
        JobState.Run => $"Running for {Durations.Of(job.RuntimeAt(now))}{Limit(job)}{Where(job)}.",
        JobState.Cleanup => $"Its tasks have ended after {Durations.Of(job.RuntimeAt(now))}; what it held is being given back.",
        JobState.Inactive => Ended(job, now),
        _ => $"Waiting for {Durations.Of(now - (job.TSubmit ?? now))}: {Short(job, now) ?? "it has just been submitted"}.",
    };

    internal static string Exit(int code) => code switch
    {
        < 0 => $"signal {-code} ({SignalNames.Describe(-code)})",
        126 => "exit 126: the command cannot be executed",
        127 => "exit 127: command not found",
        > 128 and < 128 + 65 => $"signal {code - 128} ({SignalNames.Describe(code - 128)})",
        _ => string.Create(CultureInfo.InvariantCulture, $"exit {code}"),
    };

    private static string Ended(JobRecord job, double now)
    {
        var ran = job.TRun is not null;
        var after = ran ? $" after {Durations.Of(job.RuntimeAt(now))}" : "";
        return job.Result switch
        {
            JobResult.Completed => $"Completed{after}{Where(job)}.",
            JobResult.Timeout => $"Stopped{after}: it reached its time limit{Limit(job)}.",
            JobResult.Canceled => $"Canceled{after}{(ran ? "" : " before it ran")}{(job.Exception is { Note.Length: > 0 } why ? ": " + why.Note : "")}.",
            _ when !ran && job.Exception is { } never => $"Never ran: {Plainly(never)}.",
            _ => $"Failed{after}: {Failure(job)}.",
        };
    }

    // Flux's own words, and before them what they mean for whoever asked.
    private static string Plainly(JobException why) => why.Note.Contains("unsatisfiable", StringComparison.OrdinalIgnoreCase)
        ? $"this can never run here ({why.Note})"
        : why.Type == "dependency" ? $"what it waited for can not happen any more ({why.Note})"
        : why.Note.Length > 0 ? why.Note : why.Type;

    private static string Failure(JobRecord job) => (job.Exception, job.ReturnCode) switch
    {
        ({ IsFatal: true } why, _) when job.TRun is null => Plainly(why),
        ({ IsFatal: true, Type: "exec" } why, { } code) when code is not (126 or 127) && why.Note.Length > 0 => why.Note,
        ({ IsFatal: true, Type: not "exec" } why, _) => why.Note.Length > 0 ? $"{why.Type}: {why.Note}" : why.Type,
        (_, { } code) => Exit(code),
        _ => "for a reason that Flux does not tell",
    };

    private static string Waits(JobRecord job) => job.Dependencies is { Count: > 0 } on ? $"waits for {string.Join(", ", on)}" : "waits for its dependencies";

    private static string Limit(JobRecord job) => job.Duration is > 0 and var limit ? $" of {Durations.Of(limit)}" : "";

    private static string Where(JobRecord job) => job.NodeList is { Length: > 0 } nodes
        ? string.Create(CultureInfo.InvariantCulture, $" on {(job.NNodes is { } n and not 1 ? $"{n} nodes" : "1 node")} ({nodes})")
        : "";
}
