namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>What stands behind the last line at a moment.</summary>
/// <param name="Total">The number of the last line.</param>
/// <param name="Changes">Another one whenever something of this has changed.</param>
/// <param name="Begun">Lines that have no end yet.</param>
internal sealed record OutputTip(long Total, long Changes, IReadOnlyList<BegunText> Begun);

/// <summary>What is there of a line that has no end yet.</summary>
/// <param name="Bytes">Of a long one not all.</param>
internal sealed record BegunText(OutputSource Source, double Timestamp, byte[] Bytes);
