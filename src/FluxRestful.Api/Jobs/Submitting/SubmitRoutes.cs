using FluxRestful.Api.Access;
using FluxRestful.Api.Idempotency;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs.Submitting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>How jobs come in.</summary>
internal static class SubmitRoutes
{
    private const string Jobs = "/api/v1/jobs/";

    private static readonly ProblemType[] Problems =
    [
        ProblemType.InvalidRequest, ProblemType.Refused, ProblemType.Forbidden, ProblemType.TooLarge, ProblemType.UnsupportedMediaType, ProblemType.BrokerError,
        ProblemType.BrokerUnavailable, ProblemType.BrokerTimeout, ProblemType.OverLimit, ProblemType.QuotaFull, ProblemType.TooManySubmits,
    ];

    internal static void MapSubmit(this RouteGroupBuilder api)
    {
        var options = ((IEndpointRouteBuilder)api).ServiceProvider.GetRequiredService<IOptions<JobOptions>>().Value;
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("", Submit).Requires(Permission.JobsWrite).Answers(Problems).Idempotent();
        jobs.MapPost("/bulk", SubmitBulk.Handle).Requires(Permission.JobsWrite).Answers(Problems).Idempotent()
            .Produces<JobBulkSubmitted>(StatusCodes.Status207MultiStatus)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxBulkBytes));
    }

    /// <summary>Submits a job.</summary>
    /// <remarks>A job that was taken in may still be one that can never run here: <c>dryRun</c> tells.</remarks>
    /// <param name="submit">The job.</param>
    /// <param name="dryRun">Submit nothing; tell what would become of it.</param>
    internal static async Task<Results<Created<JobSubmitted>, Ok<JobDryRun>, ProblemResult>> Submit(
        JobSubmit submit, JobOrders orders, JobForecast forecast, TenantJobs jobs, CancellationToken cancellationToken, bool dryRun = false)
    {
        var made = await orders.MakeAsync(submit, cancellationToken);
        if (made.Order is not { } order)
        {
            return dryRun ? TypedResults.Ok(new JobDryRun("refused", "The request is not valid.", made.Errors!.ByMember)) : made.Errors!.ToProblem();
        }

        if (dryRun)
        {
            return TypedResults.Ok(await forecast.TellAsync(order, cancellationToken));
        }

        var id = (await jobs.SubmitAsync(order, cancellationToken)).ToString();
        return TypedResults.Created(Jobs + id, new JobSubmitted(id));
    }
}
