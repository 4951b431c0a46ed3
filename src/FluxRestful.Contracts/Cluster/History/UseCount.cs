namespace FluxRestful.Contracts.Cluster.History;

/// <summary>How much of something was used, and how much was not; together all there was.</summary>
/// <param name="Allocated">What jobs had.</param>
/// <param name="Free">What a job could have had.</param>
/// <param name="Down">What could not be used.</param>
public sealed record UseCount(double Allocated, double Free, double Down);
