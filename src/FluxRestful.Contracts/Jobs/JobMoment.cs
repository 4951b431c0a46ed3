namespace FluxRestful.Contracts.Jobs;

/// <summary>A state that a job reached.</summary>
/// <param name="State">The state.</param>
/// <param name="Time">When it reached it first.</param>
public sealed record JobMoment(string State, DateTimeOffset Time);
