namespace FluxRestful.Contracts.Cluster.History;

/// <summary>How long the jobs had waited that started in one step of time.</summary>
/// <param name="At">The beginning of the step.</param>
/// <param name="Started">How many they are.</param>
/// <param name="Median">Half of them had waited for less, in seconds.</param>
/// <param name="P95">All but the twentieth part of them had waited for less, in seconds.</param>
public sealed record WaitStep(DateTimeOffset At, int Started, double Median, double P95);
