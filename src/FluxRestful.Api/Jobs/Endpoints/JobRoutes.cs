using System.Text.Json;
using FluxRestful.Api.Access;
using FluxRestful.Api.Jobs.Events;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Contracts.Jobs.Control;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>The routes of <c>/api/v1</c> about jobs that are there.</summary>
internal static class JobRoutes
{
    private static readonly ProblemType[] OfCommands =
    [
        ProblemType.InvalidRequest, ProblemType.Refused, ProblemType.UnknownJob, ProblemType.JobInactive, ProblemType.WrongJobState, ProblemType.BrokerError,
        ProblemType.BrokerUnavailable, ProblemType.BrokerTimeout, ProblemType.OverLimit, ProblemType.TooLarge, ProblemType.UnsupportedMediaType,
    ];

    internal static void MapJobs(this RouteGroupBuilder api)
    {
        var reads = api.MapGroup("").WithTags("jobs").Requires(Permission.JobsRead).AddEndpointFilter<StaleMark>()
            .Answers(ProblemType.InvalidRequest, ProblemType.BrokerUnavailable);
        reads.MapGet("/jobs", ListJobs.Handle);
        reads.MapGet("/jobs/{id}", GetJob.Handle).Produces(StatusCodes.Status304NotModified).Answers(ProblemType.UnknownJob);

        var stored = reads.MapGroup("/jobs/{id}").Answers(ProblemType.UnknownJob, ProblemType.JobPurged, ProblemType.BrokerError, ProblemType.BrokerTimeout);
        stored.MapGet("/jobspec", StoredJob.Jobspec).Produces<JsonElement>();
        stored.MapGet("/R", StoredJob.Resources).Produces<JsonElement>().Answers(ProblemType.NotFound);
        stored.MapGet("/eventlog", StoredJob.Eventlog).Produces<IReadOnlyList<JobLogEntry>>(StatusCodes.Status200OK, "application/json", "text/plain");

        var streams = reads.MapGroup("").Answers(ProblemType.NotAcceptable);
        streams.MapGet("/events", FollowJobs.All).Streams();
        streams.MapGet("/jobs/{id}/events", FollowJobs.One).Streams().Answers(ProblemType.UnknownJob);
        api.MapControl();
    }

    private static void MapControl(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/jobs").WithTags("control").Requires(Permission.JobsWrite).Answers(OfCommands);
        jobs.MapDelete("/{id}", ControlJob.Cancel);
        jobs.MapPost("/{id}/signal", ControlJob.Signal).Answers(ProblemType.JobStarting);
        jobs.MapPost("/{id}/hold", ControlJob.Hold);
        jobs.MapPost("/{id}/release", ControlJob.Release);
        jobs.MapPost("/{id}/urgency", ControlJob.Urgency);
        jobs.MapPost("/{id}/update", ControlJob.Update);
        jobs.MapPost("/{id}/memo", ControlJob.Memo);

        jobs.MapPost("/cancel", ControlJobs.Cancel).ReportsEach();
        jobs.MapPost("/signal", ControlJobs.Signal).ReportsEach();
        jobs.MapPost("/hold", ControlJobs.Hold).ReportsEach();
        jobs.MapPost("/release", ControlJobs.Release).ReportsEach();
        jobs.MapPost("/urgency", ControlJobs.Urgency).ReportsEach();
        jobs.MapPost("/update", ControlJobs.Update).ReportsEach();
        jobs.MapPost("/memo", ControlJobs.Memo).ReportsEach();
    }

    private static RouteHandlerBuilder ReportsEach(this RouteHandlerBuilder route) => route.Produces<JobsOutcome>(StatusCodes.Status207MultiStatus);

    private static RouteHandlerBuilder Streams(this RouteHandlerBuilder route) =>
        route.Produces<string>(StatusCodes.Status200OK, JobEventStream.Sse, JobEventStream.Lines);
}
