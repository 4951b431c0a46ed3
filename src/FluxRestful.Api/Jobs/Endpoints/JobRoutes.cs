using FluxRestful.Api.Access;
using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>The routes of <c>/api/v1</c> about jobs that are there.</summary>
internal static class JobRoutes
{
    internal static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("jobs");
        var reads = jobs.MapGroup("").Requires(Permission.JobsRead).AddEndpointFilter<StaleMark>().Answers(ProblemType.BrokerUnavailable);
        reads.MapGet("", ListJobs.Handle).Answers(ProblemType.InvalidRequest);
        reads.MapGet("/{id}", GetJob.Handle).Produces(StatusCodes.Status304NotModified).Answers(ProblemType.InvalidRequest, ProblemType.UnknownJob);
    }
}
