namespace FluxRestful.Contracts.Jobs.Submitting;

/// <summary>What came of one of many jobs.</summary>
/// <param name="Index">Its place in the request, from 0.</param>
/// <param name="Status">The HTTP status that it would have had alone: 201, or that of the problem.</param>
/// <param name="Id">The job's id.</param>
/// <param name="Problem">Why there is no job, or why it is not known whether there is one.</param>
public sealed record JobBulkItem(int Index, int Status, string? Id = null, Problem? Problem = null);
