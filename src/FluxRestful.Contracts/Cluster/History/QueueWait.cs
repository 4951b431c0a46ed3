namespace FluxRestful.Contracts.Cluster.History;

/// <summary>How long the jobs of a queue had waited when they started.</summary>
/// <param name="Queue">The queue's name; <c>default</c> in an instance without named ones.</param>
/// <param name="Started">How many started.</param>
/// <param name="Median">Half of them had waited for less, in seconds.</param>
/// <param name="P95">All but the twentieth part of them had waited for less, in seconds.</param>
/// <param name="Longest">The longest wait, in seconds.</param>
/// <param name="Steps">The same by time, the oldest first; a step in which none of them started is left out.</param>
public sealed record QueueWait(string Queue, int Started, double Median, double P95, double Longest, IReadOnlyList<WaitStep> Steps);
