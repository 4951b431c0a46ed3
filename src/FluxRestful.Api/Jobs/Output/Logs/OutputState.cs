namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>How much there is at a moment.</summary>
/// <param name="Total">The number of the last line.</param>
/// <param name="HasEnded">No more will come.</param>
internal readonly record struct OutputState(long Total, bool HasEnded);
