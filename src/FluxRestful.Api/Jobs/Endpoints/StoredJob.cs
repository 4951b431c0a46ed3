using System.Text.Json;
using FluxRestful.Api.Problems;
using FluxRestful.Contracts.Jobs;
using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What the broker has stored about a job.</summary>
internal static class StoredJob
{
    private const string Text = "text/plain";

    /// <summary>The job's jobspec (RFC 25) with later changes, without its environment.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static async Task<IResult> Jobspec(JobId id, TenantJobs jobs, CancellationToken cancellationToken) =>
        await jobs.ReadJobspecAsync(id, cancellationToken) is { } jobspec ? TypedResults.Ok(jobspec) : JobProblems.Unknown;

    /// <summary>The resources that the job got (RFC 20); not found while it has none, or if it never had.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static async Task<IResult> Resources(JobId id, TenantJobs jobs, CancellationToken cancellationToken) =>
        await jobs.ReadResourcesAsync(id, cancellationToken) switch
        {
            null => JobProblems.Unknown,
            { ValueKind: JsonValueKind.Undefined } => new ProblemResult(ProblemType.NotFound, "The job has got no resources."),
            { } resources => TypedResults.Ok(resources),
        };

    /// <summary>The job's event log (RFC 18): an array, or for `Accept: text/plain` a line for each event.</summary>
    /// <param name="id">The job's id in any encoding.</param>
    internal static async Task<IResult> Eventlog(JobId id, HttpRequest request, TenantJobs jobs, CancellationToken cancellationToken) =>
        await jobs.ReadEventlogAsync(id, cancellationToken) is not { } log ? JobProblems.Unknown
        : request.GetTypedHeaders().Accept.FirstOrDefault()?.MediaType == Text ? TypedResults.Text(string.Concat(log.Select(line => line + "\n")), Text)
        : TypedResults.Ok<IReadOnlyList<JobLogEntry>>([.. log.Select(EntryOf)]);

    private static JobLogEntry EntryOf(string line)
    {
        var happened = JobEvent.Parse(line);
        return new(happened.Timestamp, happened.Name, happened.Context);
    }
}
