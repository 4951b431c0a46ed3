using FluxRestful.Api.Jobs.Control;
using FluxRestful.Api.Problems;

namespace FluxRestful.Api.Jobs.Endpoints;

/// <summary>What the routes about jobs have in common to say.</summary>
internal static class JobProblems
{
    /// <summary>The same for a job that is not there and for one that is somebody else's.</summary>
    internal static ProblemResult Unknown => Of(JobCommandResult.Unknown)!;

    /// <summary>Null if all went well.</summary>
    internal static ProblemResult? Of(JobCommandResult result) => TypeOf(result.Outcome) is { } type
        ? new(type, result.Detail) { RetryAfter = type.IsRetryable ? TimeSpan.FromSeconds(1) : null }
        : null;

    internal static ProblemType? TypeOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Done => null,
        JobOutcome.Unknown => ProblemType.UnknownJob,
        JobOutcome.NotAllowed => ProblemType.Forbidden,
        JobOutcome.Inactive => ProblemType.JobInactive,
        JobOutcome.WrongState => ProblemType.WrongJobState,
        JobOutcome.Starting => ProblemType.JobStarting,
        _ => ProblemType.Refused,
    };
}
