namespace FluxRestful.EmbeddedBroker.Scheduling;

/// <summary>Cores of the one node, held by one job.</summary>
internal sealed record Allocation(IReadOnlyList<int> Cores, int Slots);
