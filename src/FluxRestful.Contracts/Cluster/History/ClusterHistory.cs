namespace FluxRestful.Contracts.Cluster.History;

/// <summary>What the instance did, in numbers of everybody together.</summary>
/// <param name="Range"><c>1h</c>, <c>24h</c>, <c>7d</c> or <c>30d</c>.</param>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end: now.</param>
/// <param name="Step">How many seconds a sample stands for.</param>
/// <param name="Samples">Averages of a step, the oldest first. A step without one is one in which the server, or Flux, was away.</param>
/// <param name="EndedStep">For how many seconds ends are counted together.</param>
/// <param name="Ended">Jobs that ended, the oldest first; also those that Flux has purged.</param>
/// <param name="WaitSteps">How long the jobs had waited that started within <paramref name="EndedStep"/> seconds, the oldest first.</param>
/// <param name="Waits">The same of the whole range by queue.</param>
/// <param name="CollectingSince">When the first of the samples was taken that the server still has; absent if there is none.</param>
public sealed record ClusterHistory(
    string Range,
    DateTimeOffset From,
    DateTimeOffset Until,
    int Step,
    IReadOnlyList<HistorySample> Samples,
    int EndedStep,
    IReadOnlyList<EndedJobs> Ended,
    IReadOnlyList<WaitStep> WaitSteps,
    IReadOnlyList<QueueWait> Waits,
    DateTimeOffset? CollectingSince = null);
