using FluxRestful.Core.Jobs;

namespace FluxRestful.Api.Jobs.Submitting;

/// <summary>What came of one order: a job, or why there is none.</summary>
internal readonly record struct SubmitOutcome(JobId Id, Exception? Failure)
{
    internal SubmitOutcome(JobId id)
        : this(id, null)
    {
    }

    internal SubmitOutcome(Exception failure)
        : this(default, failure)
    {
    }
}
