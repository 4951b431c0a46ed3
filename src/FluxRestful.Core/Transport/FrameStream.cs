using System.IO.Pipelines;
using System.Threading.Channels;
using FluxRestful.Core.Framing;

namespace FluxRestful.Core.Transport;

/// <summary>
/// Frames over one byte stream, for either side of it. Reading is driven by whoever receives; writing is a loop behind a bounded outbox that
/// sends the frames that wait together in one write.
/// </summary>
public sealed class FrameStream : IFrameStream
{
    /// <summary>How many frames wait for the writer before senders do.</summary>
    public const int DefaultOutboxCapacity = 128;

    private const int BatchLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly int _maxBodyLength;

    // reading: the pipe's memory belongs to ReceiveAsync and ends with it; MessageCodec copies what a message keeps
    private readonly PipeReader _input;

    // writing: a frame in the outbox belongs to the loop
    private readonly Channel<byte[]> _outbox;
    private readonly Task _writing;

    private volatile bool _closed;

    /// <param name="stream">Owned from now on.</param>
    public FrameStream(Stream stream, int outboxCapacity = DefaultOutboxCapacity, int maxBodyLength = FrameCodec.MaxBodyLength)
    {
        _stream = stream;
        _maxBodyLength = maxBodyLength;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BatchLength, leaveOpen: true));
        _outbox = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(outboxCapacity) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public async ValueTask<FluxMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (!_closed)
        {
            ReadResult result;
            try
            {
                result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (_closed && e is IOException or ObjectDisposedException)
            {
                return null;
            }

            if (_closed)
            {
                return null;
            }

            var buffer = result.Buffer;
            if (FrameCodec.TryRead(ref buffer, out var body, _maxBodyLength))
            {
                var message = MessageCodec.Decode(body);
                _input.AdvanceTo(buffer.Start);
                return message;
            }

            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? null : throw new ProtocolException("The connection ended inside a frame.");
            }

            _input.AdvanceTo(buffer.Start, buffer.End);
        }

        return null;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The message exceeds 64 MiB; nothing of it was sent.</exception>
    public async ValueTask SendAsync(FluxMessage message, CancellationToken cancellationToken)
    {
        var frame = MessageCodec.Encode(message);
        try
        {
            await _outbox.Writer.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("The connection is closed.", e.InnerException);
        }
    }

    /// <summary>Sends what is queued, then closes. Cancellation closes at once.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _outbox.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Closes at once; what is still queued is dropped, and a waiting receiver is told null.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        _outbox.Writer.TryComplete();

        // A read that waits comes back empty-handed. The pipe is not completed: a read may still be unwinding, and its memory is the collector's.
        _input.CancelPendingRead();

        // Closing the stream is what frees a writer whose peer does not read.
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var batch = new byte[BatchLength];
        try
        {
            while (await _outbox.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                var used = 0;
                while (!_closed && _outbox.Reader.TryRead(out var frame))
                {
                    if (frame.Length > batch.Length - used)
                    {
                        await _stream.WriteAsync(batch.AsMemory(0, used)).ConfigureAwait(false);
                        used = 0;
                    }

                    if (frame.Length > batch.Length)
                    {
                        await _stream.WriteAsync(frame).ConfigureAwait(false);
                        continue;
                    }

                    frame.CopyTo(batch, used);
                    used += frame.Length;
                }

                if (_closed)
                {
                    return;
                }

                await _stream.WriteAsync(batch.AsMemory(0, used)).ConfigureAwait(false);
                await _stream.FlushAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // Whatever ended the loop: senders learn it from the outbox, and what the peer sent before it left can still be received.
            _outbox.Writer.TryComplete(e);
        }
    }
}
