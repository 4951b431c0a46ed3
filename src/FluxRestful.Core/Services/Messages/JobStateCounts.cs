namespace FluxRestful.Core.Services.Messages;

/// <summary>How many jobs are in which state.</summary>
public sealed record JobStateCounts(int Depend, int Priority, int Sched, int Run, int Cleanup, int Inactive, int Total);
