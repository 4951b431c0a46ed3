using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Transport;

/// <summary>Messages in, messages out: all that <see cref="Rpc.BrokerLink"/> knows of a connection, and what the two ends of a test pair implement.</summary>
public interface IFrameStream : IAsyncDisposable
{
    /// <summary>Takes the next message. One caller at a time.</summary>
    /// <returns>Null once the peer or this side has closed.</returns>
    /// <exception cref="ProtocolException">The peer sent something else than the Flux protocol; the stream is of no further use.</exception>
    public ValueTask<FluxMessage?> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Queues a message, waiting for a place. Cancellation means that nothing was queued; the write itself is never cancelled,
    /// because half a frame would make the rest of the stream unreadable.
    /// </summary>
    /// <exception cref="IOException">The connection is closed.</exception>
    public ValueTask SendAsync(FluxMessage message, CancellationToken cancellationToken);
}
