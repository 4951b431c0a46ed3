namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>Lines that were not sent to a follower who was too far behind.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
public sealed record OutputSkip(long From, long To);
