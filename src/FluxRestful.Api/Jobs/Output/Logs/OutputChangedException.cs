namespace FluxRestful.Api.Jobs.Output.Logs;

/// <summary>The broker has given up an output while it was being read.</summary>
internal sealed class OutputChangedException() : Exception("The broker does not have this output any more as it was.");

/// <summary>The broker does not know the job any more.</summary>
internal sealed class OutputPurgedException() : Exception("The output is gone: Flux has purged the job.");
