using FluxRestful.Api.Access;
using FluxRestful.Api.Hosting.Http;
using FluxRestful.Api.Hosting.Streams;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs.Output;

namespace FluxRestful.Api.Jobs.Output.Endpoints;

internal static class JobOutputRoutes
{
    internal static void MapJobOutput(this RouteGroupBuilder api) =>
        api.MapGet("/jobs/{id}/output", GetOutput.Handle)
            .Requires(Permission.JobsRead)
            .WithTags("jobs")
            .Compressed()
            .Produces<OutputPage>(StatusCodes.Status200OK, "application/json", RawOutput.MediaType, EventStream.ContentType)
            .Produces(StatusCodes.Status204NoContent)
            .Answers(
                ProblemType.InvalidRequest, ProblemType.UnknownJob, ProblemType.NotAcceptable, ProblemType.OutputPurged,
                ProblemType.BrokerError, ProblemType.BrokerUnavailable, ProblemType.BrokerTimeout);
}
