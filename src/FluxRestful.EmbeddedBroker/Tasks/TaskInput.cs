using System.Threading.Channels;

namespace FluxRestful.EmbeddedBroker.Tasks;

/// <summary>The standard input of a task: what is sent to it waits here until the task reads.</summary>
internal sealed class TaskInput(Stream stream)
{
    private const long MaxQueued = 16 * 1024 * 1024;

    // Bounded by bytes: Offer refuses what would exceed them.
    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private long _queued;
    private volatile bool _isClosed;
    private volatile bool _hasEnded;

    /// <summary>Until its sender closes it. A task that has ended, or stopped reading, does not close it: a shell takes what nobody reads, too.</summary>
    public bool IsOpen => !_isClosed;

    /// <summary>False if too much waits already.</summary>
    public bool Offer(byte[] data)
    {
        if (_hasEnded)
        {
            return true;
        }

        if (Interlocked.Add(ref _queued, data.Length) > MaxQueued)
        {
            Interlocked.Add(ref _queued, -data.Length);
            return false;
        }

        _queue.Writer.TryWrite(data);
        return true;
    }

    /// <summary>No more will come: the task reads end of file after what is queued.</summary>
    public void Close()
    {
        _isClosed = true;
        _queue.Writer.TryComplete();
    }

    /// <summary>Writes until <see cref="Close"/>, or until the task stops reading.</summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var data in _queue.Reader.ReadAllAsync(cancellationToken))
            {
                await stream.WriteAsync(data, cancellationToken);
                Interlocked.Add(ref _queued, -data.Length);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The task closed its input or has ended.
        }
        finally
        {
            _hasEnded = true;
            _queue.Writer.TryComplete();
            await stream.DisposeAsync();
        }
    }
}
