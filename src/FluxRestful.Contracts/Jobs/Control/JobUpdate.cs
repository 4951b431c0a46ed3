namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>What is to be changed of a job.</summary>
/// <param name="Duration">The time limit: seconds, or 90s, 15m, 2h, 1d; with <c>+</c> or <c>-</c> before it, by how much; 0 is none.</param>
/// <param name="Queue">The queue, while it waits.</param>
public sealed record JobUpdate(string? Duration = null, string? Queue = null);
