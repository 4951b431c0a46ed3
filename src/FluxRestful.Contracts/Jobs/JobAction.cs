namespace FluxRestful.Contracts.Jobs;

/// <summary>What was done to a job.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">In words, such as <c>cancel requested</c>.</param>
public sealed record JobAction(string Id, string Status);

/// <summary>A signal for a job's tasks.</summary>
/// <param name="Signal">Its name or number: <c>SIGUSR1</c>, <c>usr1</c>, <c>10</c>.</param>
public sealed record JobSignal(string Signal);

/// <summary>A job's urgency.</summary>
/// <param name="Urgency">0 holds it, 16 is usual, 31 puts it first.</param>
public sealed record JobUrgency([property: System.ComponentModel.DataAnnotations.Range(0, 31)] int Urgency);

/// <summary>What is to be changed of a job.</summary>
/// <param name="Duration">The time limit: seconds, or 90s, 15m, 2h, 1d; with <c>+</c> or <c>-</c> before it, by how much; 0 is none.</param>
/// <param name="Queue">The queue, while it waits.</param>
public sealed record JobUpdate(string? Duration = null, string? Queue = null);
