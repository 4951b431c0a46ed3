namespace FluxRestful.Core.Services.Messages;

/// <summary>Where a broker stands in its life.</summary>
/// <param name="State">run, cleanup, shutdown, finalize, goodbye, ...</param>
/// <param name="Duration">For how many seconds.</param>
public sealed record BrokerState(string State, double Duration);
