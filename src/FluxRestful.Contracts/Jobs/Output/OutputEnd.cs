namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>The last event of a followed output.</summary>
/// <param name="Status"><c>ended</c> or <c>never-ran</c>.</param>
/// <param name="Total">How many lines there are.</param>
public sealed record OutputEnd(string Status, long Total);

/// <summary>Lines that were not sent to a follower who was too far behind.</summary>
/// <param name="From">The first of them.</param>
/// <param name="To">The last of them.</param>
public sealed record OutputSkip(long From, long To);
