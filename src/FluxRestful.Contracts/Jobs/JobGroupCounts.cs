namespace FluxRestful.Contracts.Jobs;

/// <summary>How many jobs there are in each group.</summary>
/// <param name="Pending">They wait.</param>
/// <param name="Running">They have resources.</param>
/// <param name="Completed">They ended well.</param>
/// <param name="Failed">They ended badly.</param>
/// <param name="Canceled">They were canceled.</param>
/// <param name="Timeout">They reached their time limit.</param>
public sealed record JobGroupCounts(int Pending, int Running, int Completed, int Failed, int Canceled, int Timeout);
