namespace FluxRestful.Contracts.Cluster.History;

/// <summary>How many jobs ended in one step of time, and how.</summary>
/// <param name="At">The beginning of the step.</param>
/// <param name="Completed">With success.</param>
/// <param name="Failed">With a failure.</param>
/// <param name="Canceled">Cancelled.</param>
/// <param name="Timeout">At their time limit.</param>
public sealed record EndedJobs(DateTimeOffset At, int Completed, int Failed, int Canceled, int Timeout);
