namespace FluxRestful.Api.Jobs.Output;

/// <summary>So much output is being answered that no more fits into the memory set aside for it.</summary>
internal sealed class OutputBusyException(string message = "Too much output is being read at the moment.") : Exception(message);
