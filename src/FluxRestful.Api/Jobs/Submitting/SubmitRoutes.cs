using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>How jobs come in.</summary>
internal static class SubmitRoutes
{
    private static readonly ProblemType[] Problems =
    [
        ProblemType.InvalidRequest, ProblemType.Refused, ProblemType.Forbidden, ProblemType.TooLarge, ProblemType.UnsupportedMediaType, ProblemType.BrokerError,
        ProblemType.BrokerUnavailable, ProblemType.BrokerTimeout,
    ];

    internal static void MapSubmit(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("", Submit).Requires(Permission.JobsWrite).Answers(Problems);
    }

    /// <summary>Submits a job.</summary>
    internal static async Task<Results<Created<JobSubmitted>, ProblemResult>> Submit(
        JobSubmit submit, JobOrders orders, TenantJobs jobs, CancellationToken cancellationToken)
    {
        var made = await orders.MakeAsync(submit, cancellationToken);
        if (made.Order is not { } order)
        {
            return made.Errors!.ToProblem();
        }

        var id = (await jobs.SubmitAsync(order, cancellationToken)).ToString();
        return TypedResults.Created($"/api/v1/jobs/{id}", new JobSubmitted(id));
    }
}
