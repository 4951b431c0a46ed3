namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>What came of it.</summary>
/// <param name="DryRun">Nothing was done.</param>
/// <param name="Done">For how many jobs it went well, or would.</param>
/// <param name="Failed">For how many not.</param>
/// <param name="Items">Each job, in the order in which they were named or submitted.</param>
public sealed record JobsOutcome(bool DryRun, int Done, int Failed, IReadOnlyList<JobOutcomeItem> Items);
