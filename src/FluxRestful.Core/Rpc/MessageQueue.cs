using System.Threading.Channels;
using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Rpc;

/// <summary>
/// Messages between the read loop and the reader of a stream, bounded by their bytes. The loop never waits: a full queue ends the stream,
/// else one lazy reader would stall all the others (and the broker queues without limit behind a client that does not read, surprise 18).
/// </summary>
internal sealed class MessageQueue(string topic, long maxBytes)
{
    // What a message costs beside its payload, so that empty ones are not free.
    private const int Overhead = 256;

    private readonly Channel<FluxMessage> _messages = Channel.CreateUnbounded<FluxMessage>(new() { SingleReader = true, SingleWriter = false });
    private long _bytes;

    /// <summary>Puts a message in; one that finds the queue empty always fits.</summary>
    /// <returns>False if the queue is full and now ended, or had ended before.</returns>
    public bool TryAdd(FluxMessage message)
    {
        var cost = Cost(message);
        var bytes = Interlocked.Add(ref _bytes, cost);
        if (bytes > maxBytes && bytes > cost)
        {
            _messages.Writer.TryComplete(new BrokerSlowConsumerException(topic, bytes));
            return false;
        }

        return _messages.Writer.TryWrite(message);
    }

    /// <summary>No more will come; what is in the queue is still read, then <paramref name="error"/> is thrown.</summary>
    public void Complete(Exception? error) => _messages.Writer.TryComplete(error);

    /// <summary>Waits for the next message; null at the end.</summary>
    public async ValueTask<FluxMessage?> TakeAsync(CancellationToken cancellationToken)
    {
        while (await _messages.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_messages.Reader.TryRead(out var message))
            {
                Interlocked.Add(ref _bytes, -Cost(message));
                return message;
            }
        }

        return null;
    }

    private static long Cost(FluxMessage message) => Overhead + (message.Payload?.Length ?? 0);
}
