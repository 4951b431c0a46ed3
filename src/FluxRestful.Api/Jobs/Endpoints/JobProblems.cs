using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What the routes about jobs have in common to say.</summary>
internal static class JobProblems
{
    /// <summary>The same for a job that is not there and for one that is somebody else's.</summary>
    internal static ProblemResult Unknown => new(ProblemType.UnknownJob, "There is no such job.");
}
