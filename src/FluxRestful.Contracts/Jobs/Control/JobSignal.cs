namespace FluxRestful.Contracts.Jobs.Control;

/// <summary>A signal for a job's tasks.</summary>
/// <param name="Signal">Its name or number: <c>SIGUSR1</c>, <c>usr1</c>, <c>10</c>.</param>
public sealed record JobSignal(string Signal);
