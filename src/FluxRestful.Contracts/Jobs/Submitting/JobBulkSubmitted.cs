namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>What came of each of many jobs.</summary>
/// <param name="Submitted">How many were made.</param>
/// <param name="Failed">How many were not.</param>
/// <param name="Items">Each of them, in the order of the request.</param>
public sealed record JobBulkSubmitted(int Submitted, int Failed, IReadOnlyList<JobBulkItem> Items);
