namespace FluxRestful.Contracts.Jobs;

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Matching">How many jobs fit the filters altogether.</param>
/// <param name="Counts">How many fit them in each group, whatever <c>state</c> and <c>result</c> say.</param>
/// <param name="Next">What to give as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record JobList(IReadOnlyList<Job> Jobs, int Matching, JobGroupCounts Counts, string? Next = null);
