namespace FluxRestful.Contracts.Jobs;

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">The jobs.</param>
/// <param name="Matching">How many jobs fit the filters altogether.</param>
/// <param name="Counts">How many fit them in each group, whatever <c>state</c> and <c>result</c> say.</param>
/// <param name="Next">What to give as <c>cursor</c> for the next page; absent on the last.</param>
public sealed record JobList(IReadOnlyList<Job> Jobs, int Matching, JobGroupCounts Counts, string? Next = null);

/// <summary>How many jobs there are in each group.</summary>
/// <param name="Pending">They wait.</param>
/// <param name="Running">They have resources.</param>
/// <param name="Completed">They ended well.</param>
/// <param name="Failed">They ended badly.</param>
/// <param name="Canceled">They were canceled.</param>
/// <param name="Timeout">They reached their time limit.</param>
public sealed record JobGroupCounts(int Pending, int Running, int Completed, int Failed, int Canceled, int Timeout);
