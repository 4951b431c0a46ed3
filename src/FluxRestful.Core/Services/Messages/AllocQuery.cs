namespace FluxRestful.Core.Services.Messages;

/// <summary>How busy the scheduler is.</summary>
/// <param name="QueueLength">Jobs that wait for resources.</param>
/// <param name="AllocPending">Requests for resources that the scheduler has not answered.</param>
/// <param name="Running">Jobs that hold resources.</param>
public sealed record AllocQuery(int QueueLength, int AllocPending, int Running);
