using FluxRestful.Api.Broker;
using FluxRestful.Api.Hosting;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs.Submitting;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary><c>POST /api/v1/jobs/bulk</c>.</summary>
internal static class SubmitBulk
{
    /// <summary>Submits up to 1,000 jobs.</summary>
    /// <remarks>
    /// Each has its own result, in the order of the request: one that is refused does not touch the others. A body that can not be read as a whole submits nothing.
    /// With an Idempotency-Key, whoever repeats a request of which something failed for a passing reason gets the jobs that were made, and the others are tried again.
    /// </remarks>
    internal static async Task<IResult> Handle(
        JobBulkSubmit submit, JobOrders orders, TenantJobs jobs, HttpContext context, ILogger<JobSubmitter> logger, CancellationToken cancellationToken)
    {
        if (Check(submit) is { } problem)
        {
            return problem;
        }

        var made = await MakeAsync(submit, orders, cancellationToken);
        var outcomes = await jobs.SubmitAsync([.. made.Select(one => one.Order).OfType<JobOrder>()], cancellationToken);
        var items = new JobBulkItem[made.Count];
        var next = 0;
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = made[i] is { Errors: { } errors } ? Item(i, errors.ToProblem().Describe(context)) : Item(i, outcomes[next++], context, logger);
        }

        var submitted = items.Count(item => item.Id is not null);
        return TypedResults.Json(
            new JobBulkSubmitted(submitted, items.Length - submitted, items), ServerJson.Default.JobBulkSubmitted, statusCode: StatusCodes.Status207MultiStatus);
    }

    private static ProblemResult? Check(JobBulkSubmit submit)
    {
        var range = $"This must be 1 to {JobBulkSubmit.Most}.";
        return submit switch
        {
            { Jobs: null, Job: null } or { Jobs: not null, Job: not null } => ProblemResult.Invalid("jobs", "Either jobs, or one job and a count, is needed."),
            { Jobs: not null, Count: not null } => ProblemResult.Invalid("count", "This belongs to one job."),
            { Jobs.Count: < 1 or > JobBulkSubmit.Most } => ProblemResult.Invalid("jobs", range),
            { Count: < 1 or > JobBulkSubmit.Most } => ProblemResult.Invalid("count", range),
            { Jobs: { } jobs } when jobs.Any(job => job is null) => ProblemResult.Invalid($"jobs[{jobs.TakeWhile(job => job is not null).Count()}]", "This must be an object."),
            _ => null,
        };
    }

    private static async Task<IReadOnlyList<MadeOrder>> MakeAsync(JobBulkSubmit submit, JobOrders orders, CancellationToken cancellationToken)
    {
        var made = new List<MadeOrder>();
        if (submit.Job is { } job)
        {
            var one = await orders.MakeAsync(job, cancellationToken);
            made.AddRange(Enumerable.Range(0, submit.Count ?? 1).Select(i => one.Order is { } order ? new MadeOrder(order.Copy(i)) : one));
            return made;
        }

        foreach (var each in submit.Jobs!)
        {
            var one = await orders.MakeAsync(each, cancellationToken);
            made.Add(one.Order is { } order ? new MadeOrder(order with { Index = made.Count }) : one);
        }

        return made;
    }

    private static JobBulkItem Item(int index, SubmitOutcome outcome, HttpContext context, ILogger logger)
    {
        if (outcome.Failure is not { } failure)
        {
            return new JobBulkItem(index, StatusCodes.Status201Created, outcome.Id.ToString());
        }

        if (BrokerProblem.Of(failure) is { } known)
        {
            return Item(index, known.Type.With(context, known.Detail) with { Limit = known.Limit });
        }

        logger.ItemFailed(index, failure);
        return Item(index, ProblemType.ServerError.With(context, null));
    }

    private static JobBulkItem Item(int index, Contracts.Problem problem) => new(index, problem.Status, Problem: problem);
}
