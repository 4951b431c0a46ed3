namespace FluxRestful.Api.Jobs.Events;

/// <summary>A tenant has as many streams and waits open as it may.</summary>
internal sealed class TooManyStreamsException() : Exception("Too many streams and waits are open; close one first.");
