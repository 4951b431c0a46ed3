namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>The last event of a followed output.</summary>
/// <param name="Status"><c>ended</c> or <c>never-ran</c>.</param>
/// <param name="Total">How many lines there are.</param>
public sealed record OutputEnd(string Status, long Total);
