namespace FluxRestful.Api.Jobs.Control;

/// <summary>What came of a <see cref="JobCommand"/>, and why, in Flux's words where it has some.</summary>
internal readonly record struct JobCommandResult(JobOutcome Outcome, string? Detail = null)
{
    public static JobCommandResult Done => new(JobOutcome.Done);

    public static JobCommandResult Unknown => new(JobOutcome.Unknown, "There is no such job.");

    public static JobCommandResult Inactive => new(JobOutcome.Inactive, "The job has ended.");
}
