using System.Text.Json;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs.Control;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What is done to one job.</summary>
internal static class ControlJob
{
    /// <summary>Cancels a job: one that waits ends at once, one that runs within seconds.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    /// <param name="reason">To be read in the job's exception.</param>
    internal static async Task<Results<Accepted<JobAction>, ProblemResult>> Cancel(JobId id, string? reason, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (JobCommandReader.Cancel(reason, errors) is not { } command)
        {
            return ProblemResult.Invalid(errors);
        }

        return JobProblems.Of(await jobs.ControlAsync(id, command, cancellationToken)) is { } problem
            ? problem
            : TypedResults.Accepted((string?)null, new JobAction(id.ToString(), "cancel requested"));
    }

    /// <summary>Sends a signal to the tasks of a running job.</summary>
    /// <remarks>A job whose tasks have not started yet is waited for, for some seconds: Flux would lose the signal.</remarks>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Signal(JobId id, JobSignal body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, errors => JobCommandReader.Signal(body.Signal, errors), "signaled", jobs, cancellationToken);

    /// <summary>Holds a job that waits: it gets no resources until it is released.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Hold(JobId id, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, _ => new SetUrgency(Urgencies.Held), "held", jobs, cancellationToken);

    /// <summary>Releases a job that was held: its urgency is the usual one again.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Release(JobId id, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, _ => new SetUrgency(Urgencies.Usual), "released", jobs, cancellationToken);

    /// <summary>Changes the urgency of a job that waits.</summary>
    /// <remarks>More than 16 is for operators and superusers.</remarks>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Urgency(JobId id, JobUrgency body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, errors => JobCommandReader.Urgency(body.Urgency, errors), "urgency set", jobs, cancellationToken);

    /// <summary>Changes a job's time limit, or, while it waits, its queue.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Update(JobId id, JobUpdate body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, errors => JobCommandReader.Update(body.Duration, body.Queue, errors), "updated", jobs, cancellationToken);

    /// <summary>Notes something about an active job, for `annotations.user`: the members of the object that is sent. A null takes a note away.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static Task<Results<Ok<JobAction>, ProblemResult>> Memo(JobId id, JsonElement body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(id, errors => JobCommandReader.Memo(body, errors), "noted", jobs, cancellationToken);

    private static async Task<Results<Ok<JobAction>, ProblemResult>> DoAsync(
        JobId id, Func<Dictionary<string, string[]>, JobCommand?> read, string status, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>();
        if (read(errors) is not { } command)
        {
            return ProblemResult.Invalid(errors);
        }

        return JobProblems.Of(await jobs.ControlAsync(id, command, cancellationToken)) is { } problem
            ? problem
            : TypedResults.Ok(new JobAction(id.ToString(), status));
    }
}
