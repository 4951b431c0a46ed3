using FluxRestful.Api.Jobs;
using FluxRestful.Api.Restful.Answers;

namespace FluxRestful.Api.Restful;

/// <summary><c>GET /v1/jobs/{jobid}/output/stream</c>.</summary>
internal static class StreamOutput
{
    /// <summary>What a job writes, as text, from its beginning to its end.</summary>
    /// <remarks>The answer ends with the job. Whoever goes away earlier ends the watch at the broker.</remarks>
    internal static async Task<IResult> Handle(GivenJobId jobid, TenantJobs jobs, CancellationToken cancellationToken)
    {
        if (jobid.Id is not { } id)
        {
            return RestfulAnswers.MalformedJobId;
        }

        return await jobs.FollowOutputAsync(id, cancellationToken) is { } pieces ? new TextStream(pieces) : RestfulAnswers.UnknownJob;
    }
}
