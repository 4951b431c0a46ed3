using FluxRestful.Api.Broker;
using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs.Control;
using FluxRestful.Core.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What is done to many jobs at once.</summary>
internal static class ControlJobs
{
    internal const int MostJobs = 10_000;

    /// <summary>Cancels many jobs.</summary>
    /// <remarks>By `ids` or by `filter`, at most 10,000. Each job has its own answer; one that fails does not stop the others.</remarks>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Cancel(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body with { Reason = null }, JobCommandReader.Cancel(body.Reason, Errors(out var errors)), errors, jobs, cancellationToken);

    /// <summary>Sends a signal to many running jobs.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Signal(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body with { Signal = null }, JobCommandReader.Signal(body.Signal, Errors(out var errors)), errors, jobs, cancellationToken);

    /// <summary>Holds many jobs that wait.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Hold(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body, new SetUrgency(Urgencies.Held), Errors(out _), jobs, cancellationToken);

    /// <summary>Releases many jobs that were held.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Release(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body, new SetUrgency(Urgencies.Usual), Errors(out _), jobs, cancellationToken);

    /// <summary>Changes the urgency of many jobs that wait.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Urgency(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body with { Urgency = null }, JobCommandReader.Urgency(body.Urgency, Errors(out var errors)), errors, jobs, cancellationToken);

    /// <summary>Changes the time limit, or the queue, of many jobs.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Update(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body with { Duration = null, Queue = null }, JobCommandReader.Update(body.Duration, body.Queue, Errors(out var errors)), errors, jobs, cancellationToken);

    /// <summary>Notes something about many jobs.</summary>
    internal static Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> Memo(JobsCommand body, TenantJobs jobs, CancellationToken cancellationToken) =>
        DoAsync(body, body with { Memo = null }, JobCommandReader.Memo(body.Memo, Errors(out var errors)), errors, jobs, cancellationToken);

    private static Dictionary<string, string[]> Errors(out Dictionary<string, string[]> errors) => errors = [];

    private static async Task<Results<JsonHttpResult<JobsOutcome>, ProblemResult>> DoAsync(
        JobsCommand body, JobsCommand unused, JobCommand? command, Dictionary<string, string[]> errors, TenantJobs jobs, CancellationToken cancellationToken)
    {
        Refuse(unused, errors);
        var ids = await SelectAsync(body, errors, jobs, cancellationToken);
        if (errors.Count > 0 || command is null)
        {
            return ProblemResult.Invalid(errors);
        }

        var results = await jobs.ControlManyAsync(ids, command, body.DryRun, cancellationToken);
        var items = results.Select(each => Item(each.Id, each.Result, each.Failure, command)).ToList();
        var done = items.Count(item => item.Type is null);
        return TypedResults.Json(new JobsOutcome(body.DryRun, done, items.Count - done, items), statusCode: StatusCodes.Status207MultiStatus);
    }

    private static void Refuse(JobsCommand unused, Dictionary<string, string[]> errors)
    {
        foreach (var (name, value) in (ReadOnlySpan<(string, object?)>)
            [
                ("reason", unused.Reason), ("signal", unused.Signal), ("urgency", unused.Urgency), ("duration", unused.Duration), ("queue", unused.Queue), ("memo", unused.Memo),
            ])
        {
            if (value is not null)
            {
                errors[name] = ["This member has no meaning here."];
            }
        }
    }

    private static async Task<IReadOnlyList<JobId>> SelectAsync(
        JobsCommand body, Dictionary<string, string[]> errors, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (body.Ids is null == body.Filter is null)
        {
            errors["ids"] = ["Give either ids or a filter."];
            return [];
        }

        var selected = new List<JobId>();
        if (body.Filter is { } selector)
        {
            var filter = JobSelectorReader.Read(selector, "filter.", mineUnlessSaid: true, errors);
            selected.AddRange(errors.Count == 0 ? await jobs.SelectActiveAsync(filter, cancellationToken) : []);
        }

        foreach (var text in body.Ids ?? [])
        {
            if (!JobId.TryParse(text, out var id))
            {
                errors["ids"] = [$"'{text}' is no job id. {GivenJobId.Forms}"];
                break;
            }

            selected.Add(id);
        }

        if (selected.Count > MostJobs)
        {
            errors[body.Ids is null ? "filter" : "ids"] = [$"At most {MostJobs} jobs at once; these are {selected.Count}."];
        }

        return [.. selected.Distinct()];
    }

    private static JobOutcomeItem Item(JobId id, JobCommandResult result, Exception? failure, JobCommand command)
    {
        var (type, detail) = failure is not null && BrokerProblem.Of(failure) is { } problem ? (problem.Type, problem.Detail) : (JobProblems.TypeOf(result.Outcome), result.Detail);
        return type is null
            ? new(id.ToString(), command is CancelJob ? StatusCodes.Status202Accepted : StatusCodes.Status200OK)
            : new(id.ToString(), type.Status, type.Uri, detail, type.IsRetryable);
    }
}
