using System.Text.Json;
using FluxRestful.Api.Broker;
using FluxRestful.Core.Jobs;
using FluxRestful.Core.Jobs.Records;
using FluxRestful.Core.Rpc;
using FluxRestful.Core.Services;
using FluxRestful.Core.Services.Errors;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Control;

/// <summary>Does to a job what somebody may do to it; whether he may is not asked here.</summary>
internal sealed class JobControl(BrokerConnection broker, IOptions<JobOptions> options, TimeProvider time)
{
    private const string Duration = "attributes.system.duration";
    private const string Queue = "attributes.system.queue";

    /// <summary>What can be told without asking the broker; null if nothing speaks against it.</summary>
    public static JobCommandResult? Foresee(JobRecord job, JobCommand command) => (job.State, command) switch
    {
        (JobState.Inactive, _) => JobCommandResult.Inactive,
        (not JobState.Run, SignalJob) => new(JobOutcome.WrongState, "The job is not running."),
        (JobState.Run or JobState.Cleanup, SetUrgency) => new(JobOutcome.WrongState, "The urgency of a job that has its resources cannot be changed."),
        (JobState.Run or JobState.Cleanup, UpdateJob { Queue: not null }) => new(JobOutcome.WrongState, "The queue of a job that has its resources cannot be changed."),
        (_, UpdateJob { IsRelative: true }) when job.Duration is not > 0 => new(JobOutcome.Refused, "The job has no time limit to be changed by that much."),
        _ => null,
    };

    public async Task<JobCommandResult> DoAsync(JobRecord job, JobCommand command, CancellationToken cancellationToken)
    {
        if (Foresee(job, command) is { } refused)
        {
            return refused;
        }

        try
        {
            return command is SignalJob signal ? await SignalAsync(job.Id, signal.Signal, cancellationToken) : await AskAsync(job, command, cancellationToken);
        }
        catch (BrokerException error) when (OutcomeOf(error) is { } outcome)
        {
            // It ended, was purged, or began to run between our look and the broker's.
            return outcome == JobOutcome.Unknown ? JobCommandResult.Unknown : new(outcome, error.ErrorText);
        }
    }

    private static JobOutcome? OutcomeOf(BrokerException error) => error.Meaning() switch
    {
        JobErrorMeaning.UnknownJob => JobOutcome.Unknown,
        JobErrorMeaning.InactiveJob => JobOutcome.Inactive,
        JobErrorMeaning.WrongState => JobOutcome.WrongState,
        JobErrorMeaning.Refused => JobOutcome.Refused,
        _ => null,
    };

    private async Task<JobCommandResult> AskAsync(JobRecord job, JobCommand command, CancellationToken cancellationToken)
    {
        var manager = new JobManager(broker.Client);
        await (command switch
        {
            CancelJob cancel => manager.CancelAsync(job.Id, cancel.Reason, cancellationToken),
            SetUrgency urgency => manager.UrgencyAsync(job.Id, urgency.Urgency, cancellationToken),
            UpdateJob update => manager.UpdateAsync(job.Id, UpdatesOf(job, update), cancellationToken),
            NoteMemo note => manager.MemoAsync(job.Id, note.Memo, isVolatile: false, cancellationToken),
            _ => throw new InvalidOperationException($"Nobody knows how to {command.GetType().Name}."),
        });
        return JobCommandResult.Done;
    }

    private static Dictionary<string, JsonElement> UpdatesOf(JobRecord job, UpdateJob update)
    {
        var updates = new Dictionary<string, JsonElement>();
        if (update.DurationOf(job) is { } seconds)
        {
            updates[Duration] = JsonSerializer.SerializeToElement(seconds);
        }

        if (update.Queue is { } queue)
        {
            updates[Queue] = JsonSerializer.SerializeToElement(queue);
        }

        return updates;
    }

    // In the first moments of RUN a signal is accepted and lost (surprise 11).
    private async Task<JobCommandResult> SignalAsync(JobId id, int signal, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.SignalPatience), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (!await new JobInfo(broker.Client).WaitForTasksAsync(id, either.Token))
            {
                return new(JobOutcome.Inactive, "The job ended before its tasks had started.");
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new(JobOutcome.Starting, "The job's tasks have not started yet; a signal would be lost.");
        }

        await new JobManager(broker.Client).KillAsync(id, signal, cancellationToken);
        return JobCommandResult.Done;
    }
}
