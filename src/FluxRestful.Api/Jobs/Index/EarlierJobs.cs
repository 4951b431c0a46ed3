namespace FluxRestful.Api.Jobs.Index;

/// <summary>Ended jobs that were known before a table was made.</summary>
/// <param name="NewestFirst">By their end.</param>
/// <param name="Most">How many of them a table may take in.</param>
/// <param name="Edge">Of those that ended then or before some may be missing here; seconds since 1970.</param>
internal sealed record EarlierJobs(IEnumerable<JobEntry> NewestFirst, int Most, double Edge = double.NegativeInfinity)
{
    public static EarlierJobs None { get; } = new([], 0);
}
