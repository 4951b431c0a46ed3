namespace FluxRestful.Contracts.Jobs.Output;

/// <summary>A stream that goes to a file on the job's nodes; this server does not read it.</summary>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="Ranks">The tasks, an idset.</param>
/// <param name="Path">The file.</param>
public sealed record OutputRedirection(string Stream, string Ranks, string Path);
